import Datasets
import Testing
import Tokenizers

@Suite struct TokenizedExampleTests {
    private let encoder = ByteEncoder()
    private let record = Record(instruction: "Name a fruit.", output: "äpple")

    private func example(
        _ mask: LossMask, template: PromptTemplate = .plain, encoder: ByteEncoder = ByteEncoder()
    ) throws -> TokenizedExample {
        try TokenizedExample(record, template: template, mask: mask, encoder: encoder)
    }

    /// The text of the tokens with `weight`.
    private func text(_ example: TokenizedExample, weight: Float) -> String {
        let chosen = zip(example.ids, example.weights).filter { $0.1 == weight }.map(\.0)
        return encoder.decode(chosen)
    }

    @Test("ids are those of the whole text and the end mark")
    func ids() throws {
        let whole = "Name a fruit.\nAnswer:\näpple<|endoftext|>"
        #expect(try example(.response).ids == encoder.encode(whole))
    }

    @Test("what the tokenizer puts before every text comes first, once, and carries no loss")
    func prefix() throws {
        let plain = try example(.all)
        let begun = try example(.all, encoder: ByteEncoder(prefix: [300]))
        #expect(begun.ids == [300] + plain.ids)
        // The first token is predicted now that something stands before it.
        #expect(begun.weights == [0, 1] + plain.weights.dropFirst())
        #expect(begun.responseStart == plain.responseStart + 1)
        let mark = encoder.encode("<|im_start|>")
        let chat = try example(.all, template: .chatml)
        #expect(chat.ids.starts(with: mark))
        #expect(try example(.all, template: .chatml, encoder: ByteEncoder(prefix: mark)) == chat)
        let text = try TokenizedExample(
            Record(instruction: "", output: "ab"), template: .plain, mask: .response,
            encoder: ByteEncoder(prefix: [300]))
        #expect(text.ids == [300, 97, 98, 256] && text.weights == [0, 1, 1, 1])
        #expect(text.answerRange == 1..<3)
    }

    @Test("a model stops at the layout's mark and at whatever ends a text")
    func stopTokens() {
        #expect(PromptTemplate.plain.stopTokens(encoder) == [256])
        #expect(PromptTemplate.chatml.stopTokens(encoder) == [256, 258])
        #expect(PromptTemplate.plain.stopTokens(ByteEncoder(specials: [])).isEmpty)
        #expect(PromptTemplate.plain.remark(on: encoder, model: "m") == nil)
        let endless = ByteEncoder(specials: ["<|im_end|>"])
        #expect(PromptTemplate.chatml.remark(on: endless, model: "m") == nil)
        #expect(
            PromptTemplate.plain.remark(on: endless, model: "m")?
                .hasPrefix("m names no token that ends a text") == true)
    }

    @Test("a record of which no character is in the vocabulary is refused with its number")
    func lostParts() {
        func read(_ instruction: String, _ output: String) throws(DatasetError) {
            _ = try TokenizedDataset(
                [record, Record(instruction: instruction, output: output)], template: .plain,
                mask: .response, sequenceLength: 64, encoder: SilentEncoder())
        }
        #expect(throws: DatasetError.noTokens(record: 2, part: "prompt")) { try read("é", "a") }
        #expect(throws: DatasetError.noTokens(record: 2, part: "answer")) { try read("a", "é") }
        #expect(throws: Never.self) { try read("a", "") }
    }

    /// A vocabulary without the marks of templates and without é.
    private struct SilentEncoder: TextEncoder {
        let edges = TextEdges(ends: [0])

        func encode(_ text: String) -> [Int32] { [] }
        func encodeOrdinary(_ text: String) -> [Int32] {
            text.unicodeScalars.filter(\.isASCII).map { Int32($0.value) }
        }
        func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
        func id(ofSpecial text: String) -> Int32? { nil }
    }

    @Test("each mask leaves its own tokens with loss")
    func masks() throws {
        let opening = try PromptTemplate.alpaca.laidOut(record).prompt[0].text
        let answer = "äpple<|endoftext|>"
        #expect(try text(example(.response, template: .alpaca), weight: 1) == answer)
        #expect(
            try text(example(.boilerplate, template: .alpaca), weight: 1) == "Name a fruit."
                + answer)
        #expect(
            try text(example(.all, template: .alpaca), weight: 1)
                == opening.dropFirst() + "Name a fruit." + answer)
        #expect(
            try text(example(.promptWeight(0.5)), weight: 0.5) == "ame a fruit.")
    }

    @Test("the response is marked without its end mark")
    func response() throws {
        let example = try example(.all)
        #expect(
            encoder.decode(Array(example.ids[example.responseStart..<example.responseEnd]))
                == "äpple")
        #expect(example.responseByteCount == 6)
    }

    @Test("a record cannot forge special tokens, a template can write them")
    func forgery() throws {
        let record = Record(instruction: "<|im_end|>", output: "<|endoftext|>")
        let example = try TokenizedExample(
            record, template: .chatml, mask: .all, encoder: encoder)
        #expect(example.ids.filter { $0 >= 256 } == [257, 258, 257, 258])
    }

    @Test("truncation keeps sequence length + 1 ids from the left")
    func truncation() throws {
        var cut = try example(.response)
        let whole = cut
        let longEnough = cut.truncate(toSequenceLength: whole.ids.count - 1, encoder: encoder)
        #expect(!longEnough && cut == whole)
        let wasCut = cut.truncate(toSequenceLength: whole.responseStart + 2, encoder: encoder)
        #expect(wasCut)
        #expect(cut.ids == Array(whole.ids.prefix(whole.responseStart + 3)))
        #expect(cut.weights.count == cut.ids.count)
        #expect(cut.responseEnd == cut.ids.count)
        #expect(cut.responseByteCount == 3)
    }

    @Test("a cut before the response leaves no response")
    func truncationOfResponse() throws {
        var cut = try example(.response)
        _ = cut.truncate(toSequenceLength: 4, encoder: encoder)
        #expect(cut.responseStart == 5 && cut.responseEnd == 5 && cut.responseByteCount == 0)
        #expect(!cut.carriesLoss)
    }

    @Test("a cut of the end mark alone keeps the whole response")
    func truncationOfEndMark() throws {
        var cut = try example(.response)
        let response = cut.responseStart..<cut.responseEnd
        let wasCut = cut.truncate(toSequenceLength: cut.ids.count - 2, encoder: encoder)
        #expect(wasCut)
        #expect(cut.responseStart..<cut.responseEnd == response)
        #expect(cut.responseByteCount == 6)
    }

    @Test("a data set counts what it cut and what it dropped")
    func dataset() throws {
        let records = [
            Record(instruction: "a", output: "b"),
            Record(instruction: "a", output: String(repeating: "b", count: 50)),
            Record(instruction: String(repeating: "a", count: 50), output: "b"),
        ]
        let set = try TokenizedDataset(
            records, template: .plain, mask: .response, sequenceLength: 30, encoder: encoder)
        #expect(set.examples.count == 2)
        #expect(set.truncatedCount == 1)
        #expect(set.droppedCount == 1)
        #expect(throws: DatasetError.nothingToLearn(records: 3, sequenceLength: 5)) {
            try TokenizedDataset(
                records, template: .plain, mask: .response, sequenceLength: 5, encoder: encoder)
        }
    }

    @Test("tokens are shown with their weights, whole characters together")
    func weightedTexts() throws {
        let shown = try example(.response).weightedTexts(encoder)
        #expect(shown.map(\.text).joined() == "Name a fruit.\nAnswer:\näpple<|endoftext|>")
        #expect(shown.first == WeightedText(text: "N", weight: 0))
        #expect(shown.suffix(6).map(\.text) == ["ä", "p", "p", "l", "e", "<|endoftext|>"])
        #expect(shown.filter { $0.weight == 1 }.count == 6)
    }
}
