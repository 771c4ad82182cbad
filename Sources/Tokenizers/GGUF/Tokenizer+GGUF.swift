extension Tokenizer {
    /// A tokenizer of the `tokenizer.ggml.*` metadata of a GGUF file whose model is `gpt2`.
    ///
    /// - Parameters:
    ///   - ggufTokens: `tokens`, by id.
    ///   - merges: `merges`, as pairs of symbols with a space between.
    ///   - tokenTypes: `token_type`; 2 (unknown), 3 (control) and 4 (user-defined) are recognised whole, the
    ///     latter in ordinary text too.
    ///   - preTokenizer: `pre`; nil, in old files, means GPT-2's.
    ///   - edges: The tokens at the edges of a text.
    /// - Throws: `TokenizerError` if a part does not fit the others or is not supported.
    package init(
        ggufTokens: [String], merges: [String], tokenTypes: [Int32]?, preTokenizer: String?,
        edges: TextEdges
    ) throws(TokenizerError) {
        let words = try GGUFWords(preTokenizer)
        var pairs: [(left: String, right: String)] = []
        for (index, text) in merges.enumerated() { pairs.append(try Self.split(text, index)) }
        let model = TokenizerDeclaration.model(
            ggufTokens, pairs, [("ignore_merges", .bool(words.ignoresMerges))])
        try self.init(
            declared: TokenizerDeclaration.file(
                added: try Self.added(ggufTokens, tokenTypes), model: model,
                decoder: TokenizerDeclaration.byteLevel, preTokenizer: words.preTokenizer,
                normalizer: words.normalizer,
                postProcessor: TokenizerDeclaration.template(edges, ggufTokens)), edges: edges)
    }

    /// The tokens that are recognised whole.
    static func added(_ tokens: [String], _ types: [Int32]?) throws(TokenizerError) -> [AddedToken]
    {
        guard let types else { return [] }
        guard types.count == tokens.count else {
            throw .countMismatch(name: "token_type", expected: tokens.count, found: types.count)
        }
        return types.enumerated().filter { (2...4).contains($0.element) }.map {
            AddedToken(tokens[$0.offset], id: Int32($0.offset), isSpecial: $0.element != 4)
        }
    }

    /// The two symbols of a merge written with a space between.
    static func split(_ merge: String, _ index: Int) throws(TokenizerError) -> (
        left: String, right: String
    ) {
        let parts = merge.utf8.split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]),
            !left.isEmpty, !right.isEmpty
        else { throw .malformedMerge(index: index, text: merge) }
        return (left, right)
    }
}
