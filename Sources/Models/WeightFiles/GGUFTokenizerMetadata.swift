/// The parts of a tokenizer that a GGUF file holds.
package struct GGUFTokenizerMetadata: Equatable, Sendable {
    /// What `tokenizer.ggml.model` names.
    package enum Kind: String, Sendable {
        /// Byte-level BPE.
        case gpt2
        /// SentencePiece's BPE.
        case llama
    }

    package var kind: Kind
    /// `tokenizer.ggml.tokens`, by id.
    package var tokens: [String]
    /// `tokenizer.ggml.merges`, two symbols with a space between.
    package var merges: [String]
    /// `tokenizer.ggml.scores` of a SentencePiece model, by id.
    package var scores: [Float]
    /// `tokenizer.ggml.add_space_prefix` of a SentencePiece model; true where it is missing.
    package var addsSpace: Bool
    /// `tokenizer.ggml.token_type`, by id.
    package var tokenTypes: [Int32]?
    /// `tokenizer.ggml.pre`, the name of the pre-tokenizer.
    package var preTokenizer: String?
    /// `tokenizer.ggml.bos_token_id`.
    package var bosID: Int?
    /// `tokenizer.ggml.bos_token_id` where `tokenizer.ggml.add_bos_token` is true.
    package var prefixIDs: [Int]
    /// `tokenizer.ggml.eos_token_id`, then those of the end of a turn and of a message; llama.cpp stops
    /// at each of them.
    package var endIDs: [Int]
}

extension GGUFFile {
    /// The tokenizer under `tokenizer.ggml.*` in the metadata.
    ///
    /// - Throws: `WeightFileError` if it is neither byte-level BPE (`gpt2`) nor SentencePiece's
    ///   (`llama`), is incomplete, or puts a token after every text.
    package func tokenizerMetadata() throws(WeightFileError) -> GGUFTokenizerMetadata {
        let kind = try tokenizerKind()
        try refuseTrue("add_eos_token")
        if kind == .llama { try refuseTrue("remove_extra_whitespaces") }
        let preTokenizer = metadata["tokenizer.ggml.pre"]?.string
        let bosID = metadata["tokenizer.ggml.bos_token_id"]?.int
        let addsBOS =
            metadata["tokenizer.ggml.add_bos_token"]?.bool
            ?? (bosID != nil && (kind == .llama || Self.beginsTexts(preTokenizer)))
        if addsBOS, bosID == nil {
            throw .missingMetadata(path: path, key: "tokenizer.ggml.bos_token_id")
        }
        let types = metadata["tokenizer.ggml.token_type"]?.ints?.map { Int32(clamping: $0) }
        if kind == .llama, types == nil {
            throw .missingMetadata(path: path, key: "tokenizer.ggml.token_type")
        }
        return GGUFTokenizerMetadata(
            kind: kind, tokens: try strings("tokenizer.ggml.tokens"),
            merges: kind == .gpt2 ? try strings("tokenizer.ggml.merges") : [],
            scores: kind == .llama ? try scores() : [],
            addsSpace: metadata["tokenizer.ggml.add_space_prefix"]?.bool ?? true,
            tokenTypes: types, preTokenizer: preTokenizer,
            bosID: bosID, prefixIDs: addsBOS ? [bosID].compactMap { $0 } : [],
            endIDs: endIDs())
    }

    private func tokenizerKind() throws(WeightFileError) -> GGUFTokenizerMetadata.Kind {
        let model = metadata["tokenizer.ggml.model"]?.string ?? "missing"
        guard let kind = GGUFTokenizerMetadata.Kind(rawValue: model) else {
            throw .badField(
                path: path, field: "tokenizer.ggml.model", found: model, expected: "gpt2 or llama")
        }
        return kind
    }

    private func refuseTrue(_ key: String) throws(WeightFileError) {
        guard metadata["tokenizer.ggml.\(key)"]?.bool == true else { return }
        throw .badField(
            path: path, field: "tokenizer.ggml.\(key)", found: "true", expected: "false")
    }

    /// Whether texts begin with a token where the file does not say.
    ///
    /// Source: llama.cpp, `llama_vocab::impl::load`.
    private static func beginsTexts(_ preTokenizer: String?) -> Bool {
        ["llama3", "llama-v3", "llama-bpe"].contains(preTokenizer)
    }

    private func scores() throws(WeightFileError) -> [Float] {
        let values = metadata["tokenizer.ggml.scores"]?.array ?? []
        let numbers = values.compactMap(\.float)
        guard !numbers.isEmpty, numbers.count == values.count else {
            throw .missingMetadata(path: path, key: "tokenizer.ggml.scores")
        }
        return numbers.map { Float($0) }
    }

    private func endIDs() -> [Int] {
        ["eos", "eot", "eom"].reduce(into: []) { ids, name in
            if let id = metadata["tokenizer.ggml.\(name)_token_id"]?.int, !ids.contains(id) {
                ids.append(id)
            }
        }
    }

    private func strings(_ key: String) throws(WeightFileError) -> [String] {
        guard let strings = metadata[key]?.strings else {
            throw .missingMetadata(path: path, key: key)
        }
        return strings
    }
}
