/// What a Hugging Face `tokenizer.json` declares: the stages between text and ids.
///
/// `truncation` and `padding` are not among them: transformers switches both off where it encodes
/// a text without asking for them.
struct TokenizerFile {
    var addedTokens: [AddedToken] = []
    var normalizers: [any Normalizer]
    var preTokenizers: [any PreTokenizerStage]
    var marks: TextMarks
    /// nil where no decoder is declared.
    var decoders: [any DecoderStage]?
    var model: BPEDeclaration

    /// - Throws: `TokenizerError` for a part that is malformed, or that is not implemented.
    init(_ value: JSONValue) throws(TokenizerError) {
        let file = try Declaration(value, "")
        try file.finish(
            "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
            "post_processor", "decoder", "model")
        if file["added_tokens"] != nil {
            for token in try file.children("added_tokens") {
                addedTokens.append(try AddedToken(token))
            }
        }
        normalizers = try file.child("normalizer")?.normalizers() ?? []
        preTokenizers = try file.child("pre_tokenizer")?.preTokenizers() ?? []
        marks = try file.child("post_processor")?.marks() ?? TextMarks()
        decoders = try file.child("decoder")?.decoders()
        model = try BPEDeclaration(try file.required(file.child("model"), "model"))
    }

    /// The texts of all tokens by id.
    ///
    /// - Throws: `TokenizerError` if the ids have a gap, or two tokens have the same.
    func vocabulary() throws(TokenizerError) -> [String] {
        let ids = TokenIDs(model.vocabulary)
        let added = addedTokens.filter { ids[$0.text] != $0.id }
        let entries = model.vocabulary + added.map { ($0.text, $0.id) }
        var tokens = [String?](repeating: nil, count: entries.count)
        for (token, id) in entries {
            guard tokens.indices.contains(Int(id)) else {
                throw .idOutOfRange(token: token, id: Int(id), count: entries.count)
            }
            if let other = tokens[Int(id)] {
                throw .duplicateID(id: Int(id), first: min(other, token), second: max(other, token))
            }
            tokens[Int(id)] = token
        }
        return tokens.compactMap { $0 }
    }
}
