extension Tokenizer {
    /// A tokenizer of the `tokenizer.ggml.*` metadata of a GGUF file whose model is `gpt2`.
    ///
    /// - Parameters:
    ///   - ggufTokens: `tokens`, by id.
    ///   - merges: `merges`, as pairs of symbols with a space between.
    ///   - tokenTypes: `token_type`; 3 (control) and 4 (user-defined) are recognised whole, the
    ///     latter in ordinary text too.
    ///   - preTokenizer: `pre`; nil, in old files, means GPT-2's.
    ///   - edges: The tokens at the edges of a text.
    /// - Throws: `TokenizerError` if a part does not fit the others or is not supported.
    package init(
        ggufTokens: [String], merges: [String], tokenTypes: [Int32]?, preTokenizer: String?,
        edges: TextEdges
    ) throws(TokenizerError) {
        let types = tokenTypes ?? Array(repeating: 1, count: ggufTokens.count)
        guard types.count == ggufTokens.count else {
            throw .countMismatch(
                name: "token_type", expected: ggufTokens.count, found: types.count)
        }
        let added = types.enumerated().filter { $0.element == 3 || $0.element == 4 }.map {
            AddedToken(ggufTokens[$0.offset], id: Int32($0.offset), isSpecial: $0.element == 3)
        }
        try self.init(
            vocabulary: ggufTokens, merges: try Self.split(merges), addedTokens: added,
            preTokenizer: try PreTokenizer(ggufName: preTokenizer), edges: edges)
    }

    /// The two symbols of merges written with a space between.
    static func split(_ merges: [String]) throws(TokenizerError) -> [(left: String, right: String)]
    {
        var pairs: [(left: String, right: String)] = []
        pairs.reserveCapacity(merges.count)
        for (index, text) in merges.enumerated() {
            let parts = text.utf8.split(
                separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]),
                !left.isEmpty, !right.isEmpty
            else { throw .malformedMerge(index: index, text: text) }
            pairs.append((left, right))
        }
        return pairs
    }
}

extension PreTokenizer {
    fileprivate init(ggufName: String?) throws(TokenizerError) {
        switch ggufName {
        case nil, "gpt-2", "gpt2": self = .gpt2
        case "smollm": self = .smollm
        case .some(let name):
            throw .unsupported(
                component: "pre-tokenizer", found: name, supported: "gpt-2 or smollm")
        }
    }
}
