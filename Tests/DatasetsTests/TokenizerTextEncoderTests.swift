import Datasets
import Testing
import Tokenizers

@Suite struct TokenizerTextEncoderTests {
    private let record = Record(
        instruction: "Write a function that adds two numbers.", input: "add(1, 2)",
        output: "def add(a, b):\n    return a + b")

    private func tokenizer(learning texts: [String]) throws -> Tokenizer {
        try BPETrainer(
            vocabularySize: 400, specialTokens: ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
            minimumFrequency: 1, endOfText: "<|endoftext|>"
        ).train(texts)
    }

    @Test(
        "with a GPT-2 style tokenizer, spans encode to the ids of the whole text",
        arguments: PromptTemplate.examples)
    func spansEqualWhole(template: PromptTemplate) throws {
        let text = try template.laidOut(record).promptText + record.output
        let tokenizer = try tokenizer(learning: [text])
        let example = try TokenizedExample(
            record, template: template, mask: .all, encoder: tokenizer)
        let end = try #require(template.endMarker(tokenizer))
        #expect(example.ids == tokenizer.encode(text) + [end])
        #expect(example.ids.count < text.utf8.count / 2)
        let shown = example.weightedTexts(tokenizer).map(\.text).joined()
        #expect(shown == text + tokenizer.tokenText(end))
    }

    @Test("packed rows count their bytes exactly")
    func packedBytes() throws {
        let text = "naïve café, naïve café, naïve café"
        let tokenizer = try tokenizer(learning: [text])
        let rows = try PackedText([text], sequenceLength: 2, encoder: tokenizer).rows
        let read = rows.count * 2
        let predicted = tokenizer.encode(text).dropFirst().prefix(read)
        let bytes = tokenizer.decodeBytes(predicted).count
        #expect(rows.map(\.responseByteCount).reduce(0, +) == bytes)
    }
}
