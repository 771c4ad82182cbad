import Evaluation
import Testing
import Tokenizers

@Suite struct RequestEncodingTests {
    private func encode(
        _ context: String, _ continuation: String, encoder: WordEncoder = WordEncoder(),
        maximumLength: Int = 100
    ) throws -> RequestEncoding {
        try RequestEncoding(
            .init(context: context, continuation: continuation), encoder: encoder,
            maximumLength: maximumLength)
    }

    private func ids(_ words: String...) -> [Int32] { words.map(WordEncoder.id) }

    @Test("the continuation is what follows the context's tokens")
    func plain() throws {
        let encoding = try encode("a b", " c d")
        #expect(encoding.ids == ids("a", " b", " c", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("white space at the end of the context moves to the continuation")
    func trailingSpace() throws {
        let encoding = try encode("a b ", "c d")
        #expect(encoding.ids == ids("a", " b", " c", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("the split is by count, so a token that joins both belongs to the context")
    func joined() throws {
        let encoding = try encode("a b", "c d")
        #expect(encoding.ids == ids("a", " b", " d"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("a long request is cut from the left")
    func truncation() throws {
        let encoding = try encode("a b c d", " e f", maximumLength: 3)
        #expect(encoding.ids == ids(" c", " d", " e", " f"))
        #expect(encoding.continuationStart == 2)
    }

    @Test("a request that fits but for its last token, which is only predicted, is whole")
    func wholeWindow() throws {
        let whole = try encode("a b", " c d", maximumLength: 3)
        #expect(whole.ids == ids("a", " b", " c", " d") && !whole.isCut)
        let cut = try encode("a b", " c d", maximumLength: 2)
        #expect(cut.ids == ids(" b", " c", " d") && cut.isCut)
        #expect(cut.continuationStart == 1)
    }

    @Test("a continuation that the model cannot read whole is refused")
    func longContinuation() throws {
        #expect(try encode("a", " b c", maximumLength: 2).continuationStart == 1)
        #expect(throws: RequestProblem.tooLong(tokens: 4, context: 3)) {
            try encode("a", " b c d e", maximumLength: 3)
        }
    }

    @Test("a continuation that the context's last token swallows is encoded alone")
    func swallowed() throws {
        let encoding = try encode("a b", "c")
        #expect(encoding.ids == ids("a", " b", "c"))
        #expect(encoding.continuationStart == 2)
        let spaced = try encode("a b ", "")
        #expect(spaced.ids == ids("a", " b", " "))
        #expect(spaced.continuationStart == 2)
    }

    @Test("an option or a context without a token is refused")
    func nothing() {
        #expect(throws: RequestProblem.noTokens("")) { try encode("a b", "") }
        let deaf = WordEncoder(unknown: "?")
        #expect(throws: RequestProblem.noTokens("?")) { try encode("a", "?", encoder: deaf) }
        #expect(throws: RequestProblem.noTokens("??")) { try encode("??", " b", encoder: deaf) }
    }

    @Test("an empty context becomes the first, else the last token of a text")
    func emptyContext() throws {
        let both = WordEncoder(edges: TextEdges(beginning: 1, ends: [2]))
        #expect(try encode("", "c d", encoder: both).ids == [1] + ids("c", " d"))
        #expect(try encode("", "c d", encoder: both).continuationStart == 1)
        let end = WordEncoder(edges: TextEdges(ends: [2]))
        #expect(try encode(" ", "c", encoder: end).ids == [2] + ids(" c"))
        #expect(throws: RequestProblem.nothingBefore) { try encode("", "c d") }
    }

    @Test("what the tokenizer puts before every text comes once")
    func prefix() throws {
        let first = WordEncoder.id("<s>")
        let encoder = WordEncoder(edges: TextEdges(prefix: [first], beginning: first))
        for context in ["a b", "<s> a b"] {
            let encoding = try encode(context, " c", encoder: encoder)
            #expect(encoding.ids == ids("<s>", context == "a b" ? "a" : " a", " b", " c"))
            #expect(encoding.continuationStart == 3)
        }
        let empty = try encode("", "c", encoder: encoder)
        #expect(empty.ids == ids("<s>", "c") && empty.continuationStart == 1)
        let swallowed = try encode("a", "b", encoder: encoder)
        #expect(swallowed.ids == ids("<s>", "a", "b") && swallowed.continuationStart == 2)
        let long = try encode("a b c", " d", encoder: encoder, maximumLength: 2)
        #expect(long.ids == ids(" b", " c", " d"))
    }

    @Test("a continuation that starts with the prefix token does not get it twice")
    func prefixOnce() throws {
        let prefix = WordEncoder.id("c")
        let encoding = try encode(
            "", "c d", encoder: WordEncoder(edges: TextEdges(beginning: prefix)))
        #expect(encoding.ids == ids("c", " d"))
        #expect(encoding.continuationStart == 1)
    }
}
