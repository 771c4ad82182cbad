import Datasets
import Testing
import Tokenizers

@testable import Evaluation

@Suite struct ScoredTextTests {
    /// One id a byte, with or without a token before every text.
    private struct Bytes: TextEncoder {
        var edges = TextEdges(ends: [256])
        func encode(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }
        func encodeOrdinary(_ text: String) -> [Int32] { encode(text) }
        func decodeBytes(_ ids: [Int32]) -> [UInt8] { ids.compactMap { UInt8(exactly: $0) } }
        func id(ofSpecial text: String) -> Int32? { nil }
    }

    @Test(
        "every token of a document is predicted once, but the first",
        arguments: [1, 2, 3, 5, 9, 50])
    func document(context: Int) {
        let text = "a document"
        for (encoder, first) in [
            (Bytes(), 1), (Bytes(edges: TextEdges(prefix: [257], ends: [256])), 0),
        ] {
            let scored = ScoredText(document: text, context: context, encoder: encoder)
            #expect(scored.windows.allSatisfy { $0.ids.count <= context + 1 })
            let predicted = scored.windows.flatMap { $0.ids[$0.predicted] }
            #expect(predicted == Array(encoder.encode(text).dropFirst(first)))
            #expect(scored.tokenCount == 10 - first && scored.byteCount == 10 - first)
            #expect(scored.windows.dropFirst().allSatisfy { $0.predicted.lowerBound == 1 })
            #expect(!scored.windows.contains { $0.ids.contains(256) }, "no end mark")
        }
    }

    @Test("a document of one token has nothing to predict, unless something stands before it")
    func single() {
        let alone = ScoredText(document: "a", context: 8, encoder: Bytes())
        #expect(alone.tokenCount == 0 && alone.byteCount == 0 && alone.windows.isEmpty)
        let empty = ScoredText(document: "", context: 8, encoder: Bytes())
        #expect(empty.tokenCount == 0 && empty.byteCount == 0)
        let opened = ScoredText(
            document: "a", context: 8, encoder: Bytes(edges: TextEdges(prefix: [257])))
        #expect(opened.tokenCount == 1 && opened.byteCount == 1)
    }

    private func answer(_ prompt: String, _ answer: String, context: Int) throws -> ScoredText {
        let record = Record(instruction: prompt, output: answer)
        let example = try TokenizedExample(
            record, template: .plain, mask: .response, encoder: Bytes())
        return ScoredText(answerOf: record, example, context: context, encoder: Bytes())
    }

    @Test("a gold answer is whole, without the mark that ends it, as long as it fits the context")
    func gold() throws {
        // The prompt is `question\nAnswer:\n`, 17 tokens.
        for context in [6, 7, 12, 21, 22, 100] {
            let text = try answer("question", "answer", context: context)
            let window = text.windows[0]
            #expect(Array(window.ids[window.predicted]) == Array("answer".utf8).map(Int32.init))
            #expect(text.tokenCount == 6 && text.byteCount == 6)
            #expect(window.ids.count == min(23, context + 1))
            #expect(text.cut == (context < 22 ? .prompt : nil), "\(context)")
            #expect(try text.hash == answer("question", "answer", context: 100).hash)
        }
    }

    @Test("an answer that is longer than the context loses its end")
    func tooLong() throws {
        let text = try answer("question", "answer", context: 4)
        #expect(text.cut == .answer)
        #expect(Array(text.windows[0].ids) == Array("\nansw".utf8).map(Int32.init))
        #expect(text.tokenCount == 4 && text.byteCount == 4)
    }

    @Test("an empty answer has nothing to predict")
    func empty() throws {
        let text = try answer("question", "", context: 9)
        #expect(text.tokenCount == 0 && text.windows.isEmpty && text.cut == nil)
    }
}
