import Testing
import Tokenizers

/// A tokenizer with every byte, the merges `h e`, `l l`, `he ll`, `hell o`, and two special tokens.
func smallTokenizer(preTokenizer: PreTokenizer = .gpt2) throws -> Tokenizer {
    try Tokenizer(
        ggufTokens: ["<|end|>", "<|end|>!"] + ByteTexts.all + ["he", "ll", "hell", "hello"],
        merges: ["h e", "l l", "he ll", "hell o"],
        tokenTypes: [3, 4] + Array(repeating: 1, count: 260),
        preTokenizer: preTokenizer == .gpt2 ? nil : "smollm", edges: TextEdges(ends: [0]))
}

/// The texts of the 256 bytes, in an order of their own.
enum ByteTexts {
    static let all: [String] = {
        let printable = Array(0x21...0x7E) + Array(0xA1...0xAC) + Array(0xAE...0xFF)
        let shifted = Array(0x100..<0x100 + 256 - printable.count)
        return (printable + shifted).compactMap { Unicode.Scalar($0).map { String($0) } }
    }()
}

@Suite struct TokenizerTests {
    @Test("merges apply in the order of their rank")
    func mergesByRank() throws {
        let tokenizer = try smallTokenizer()
        #expect(tokenizer.encode("hello").map(tokenizer.tokenText) == ["hello"])
        #expect(tokenizer.encode("helllo").map(tokenizer.tokenText) == ["hell", "l", "o"])
        #expect(tokenizer.encode("lll").map(tokenizer.tokenText) == ["ll", "l"])
    }

    @Test("special tokens are recognised, the longest first, unless text is ordinary")
    func specialTokens() throws {
        let tokenizer = try smallTokenizer()
        #expect(tokenizer.encode("he<|end|>!<|end|>") == [258, 1, 0])
        #expect(!tokenizer.encodeOrdinary("<|end|>").contains(0))
        #expect(tokenizer.id(ofSpecial: "<|end|>!") == 1)
        #expect(tokenizer.id(ofSpecial: "he") == nil)
        #expect(tokenizer.edges.ends == [0])
        #expect(tokenizer.edges.beginning == nil)
    }

    @Test(
        "decoding gives the text back",
        arguments: [
            "", " a  b\n", "naïve — ½ 日本語 👩🏽‍🚀", "e\u{301} é", "\u{0}\u{7F}\u{AD}", "<|end|>x",
        ])
    func roundTrip(text: String) throws {
        for preTokenizer in PreTokenizer.allCases {
            let tokenizer = try smallTokenizer(preTokenizer: preTokenizer)
            #expect(Array(tokenizer.decode(tokenizer.encode(text)).utf8) == Array(text.utf8))
            #expect(tokenizer.decodeBytes(tokenizer.encodeOrdinary(text)) == Array(text.utf8))
        }
    }

    @Test("words that Unicode calls equal keep their own bytes")
    func canonicalEquivalence() throws {
        let tokenizer = try smallTokenizer()
        #expect(tokenizer.encode("\u{E9} e\u{301}").count == 2 + 1 + 3)
    }

    @Test("half a character decodes to the replacement character, unknown ids to nothing")
    func invalidBytes() throws {
        let tokenizer = try smallTokenizer()
        let ids = tokenizer.encode("é")
        #expect(tokenizer.decode(ids.prefix(1)) == "\u{FFFD}")
        #expect(tokenizer.decodeBytes(ids.prefix(1)) == [0xC3])
        #expect(tokenizer.decode([9999, -1]) == "")
    }

    @Test("a byte that the vocabulary lacks is dropped")
    func missingByte() throws {
        let tokenizer = try Tokenizer(
            ggufTokens: ["a", "b", "ab"], merges: ["a b"], tokenTypes: nil, preTokenizer: "gpt-2",
            edges: TextEdges())
        #expect(tokenizer.encode("axb") == [2])
    }

    @Test("metadata that does not fit together is refused")
    func badMetadata() {
        func load(
            merges: [String] = [], types: [Int32]? = nil, pre: String? = nil, ends: [Int] = []
        ) throws(TokenizerError) {
            _ = try Tokenizer(
                ggufTokens: ["a", "b"], merges: merges, tokenTypes: types, preTokenizer: pre,
                edges: TextEdges(prefixIDs: [], beginningID: nil, endIDs: ends))
        }
        #expect(throws: TokenizerError.malformedMerge(index: 0, text: "ab")) {
            try load(merges: ["ab"])
        }
        #expect(throws: TokenizerError.unknownMergeSymbol(index: 0, symbol: "ab")) {
            try load(merges: ["a b"])
        }
        #expect(throws: TokenizerError.unknownMergeSymbol(index: 0, symbol: "c")) {
            try load(merges: ["c b"])
        }
        #expect(throws: TokenizerError.countMismatch(name: "token_type", expected: 2, found: 1)) {
            try load(types: [1])
        }
        #expect(throws: TokenizerError.self) { try load(pre: "tekken") }
        #expect(throws: TokenizerError.idOutOfRange(token: "end of text", id: 2, count: 2)) {
            try load(ends: [0, 2])
        }
    }

    @Test("a long word without spaces does not take quadratic time", .timeLimit(.minutes(1)))
    func longWord() throws {
        let tokenizer = try smallTokenizer()
        let text = String(repeating: "hello", count: 20_000)
        #expect(tokenizer.encode(text).count == 20_000)
    }
}
