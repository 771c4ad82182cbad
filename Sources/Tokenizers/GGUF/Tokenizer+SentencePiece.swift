extension Tokenizer {
    /// A tokenizer of the metadata of a GGUF file whose model is `llama`: a SentencePiece model of
    /// byte-pair encoding.
    ///
    /// - Parameters:
    ///   - pieces: `tokens`, by id.
    ///   - scores: `scores`; of two merges that are possible the one whose result has the higher
    ///     score goes first.
    ///   - tokenTypes: `token_type`: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.
    ///   - addsSpace: `add_space_prefix`.
    ///   - edges: The tokens at the edges of a text.
    /// - Throws: `TokenizerError` if a part does not fit the others.
    package init(
        sentencePieces pieces: [String], scores: [Float], tokenTypes: [Int32], addsSpace: Bool,
        edges: TextEdges
    ) throws(TokenizerError) {
        guard scores.count == pieces.count else {
            throw .countMismatch(name: "scores", expected: pieces.count, found: scores.count)
        }
        let added = try Self.added(pieces, tokenTypes)
        let model = SentencePieceModel(pieces, scores, tokenTypes)
        let unknown = tokenTypes.firstIndex(of: 2).map { JSONValue.string(pieces[$0]) } ?? .null
        let declared = TokenizerDeclaration.model(
            pieces, model.merges,
            [("byte_fallback", .bool(true)), ("fuse_unk", .bool(true)), ("unk_token", unknown)])
        try self.init(
            declared: TokenizerDeclaration.file(
                added: added, model: declared, decoder: Self.decoder(addsSpace),
                normalizer: Self.normalizer(addsSpace),
                postProcessor: TokenizerDeclaration.template(edges, pieces)), edges: edges)
    }

    private static func normalizer(_ addsSpace: Bool) -> JSONValue {
        let spaces = replacement(of: " ", by: "▁")
        let start = TokenizerDeclaration.stage("Prepend", ("prepend", .string("▁")))
        return TokenizerDeclaration.stage(
            "Sequence", ("normalizers", .array(addsSpace ? [start, spaces] : [spaces])))
    }

    private static func decoder(_ addsSpace: Bool) -> JSONValue {
        let stages = [
            replacement(of: "▁", by: " "), TokenizerDeclaration.stage("ByteFallback"),
            TokenizerDeclaration.stage("Fuse"),
        ]
        let strip = TokenizerDeclaration.stage(
            "Strip", ("content", .string(" ")), ("start", .integer(1)), ("stop", .integer(0)))
        return TokenizerDeclaration.stage(
            "Sequence", ("decoders", .array(addsSpace ? stages + [strip] : stages)))
    }

    private static func replacement(of text: String, by other: String) -> JSONValue {
        TokenizerDeclaration.stage(
            "Replace", ("pattern", .object([("String", .string(text))])),
            ("content", .string(other)))
    }
}
