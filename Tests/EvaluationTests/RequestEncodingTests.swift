import Evaluation
import Testing

@Suite struct RequestEncodingTests {
    private func encode(
        _ context: String, _ continuation: String, encoder: WordEncoder = WordEncoder(),
        maximumLength: Int = 100
    ) -> RequestEncoding {
        RequestEncoding(
            .init(context: context, continuation: continuation), encoder: encoder,
            maximumLength: maximumLength)
    }

    private func ids(_ words: String...) -> [Int32] { words.map(WordEncoder.id) }

    @Test("the continuation is what follows the context's tokens")
    func plain() {
        let encoding = encode("a b", " c d")
        #expect(encoding.ids == ids("a", " b", " c", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("white space at the end of the context moves to the continuation")
    func trailingSpace() {
        let encoding = encode("a b ", "c d")
        #expect(encoding.ids == ids("a", " b", " c", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("the split is by count, so a token that joins both belongs to the context")
    func joined() {
        let encoding = encode("a b", "c d")
        #expect(encoding.ids == ids("a", " b", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("a long request is cut from the left")
    func truncation() {
        let encoding = encode("a b c d", " e f", maximumLength: 3)
        #expect(encoding.ids == ids(" c", " d", " e", " f"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("a continuation longer than the model loses its first tokens")
    func longContinuation() {
        let encoding = encode("a", " b c d e", maximumLength: 2)
        #expect(encoding.ids == ids(" c", " d", " e"))
        #expect(encoding.continuationStart == 1)
    }

    @Test("an empty context becomes the first, else the last token of a text")
    func emptyContext() {
        let both = encode("", "c d", encoder: WordEncoder(beginningOfText: 1, endOfText: 2))
        #expect(both.ids == [1] + ids("c", " d"))
        #expect(both.continuationStart == 1)
        #expect(encode(" ", "c", encoder: WordEncoder(endOfText: 2)).ids == [2] + ids(" c"))
        #expect(encode("", "c d").ids == ids("c", " d"))
        #expect(encode("", "c d").continuationStart == 1)
    }

    @Test("a continuation that starts with the prefix token does not get it twice")
    func prefixOnce() {
        let prefix = WordEncoder.id("c")
        let encoding = encode("", "c d", encoder: WordEncoder(beginningOfText: prefix))
        #expect(encoding.ids == ids("c", " d"))
        #expect(encoding.continuationStart == 1)
    }
}
