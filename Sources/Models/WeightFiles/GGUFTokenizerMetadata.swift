/// The parts of a byte-level BPE tokenizer that a GGUF file holds.
package struct GGUFTokenizerMetadata: Equatable, Sendable {
    /// `tokenizer.ggml.tokens`, by id.
    package var tokens: [String]
    /// `tokenizer.ggml.merges`, two symbols with a space between.
    package var merges: [String]
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
    /// - Throws: `WeightFileError` if it is not byte-level BPE (model `gpt2`), is incomplete, or puts a
    ///   token after every text.
    package func tokenizerMetadata() throws(WeightFileError) -> GGUFTokenizerMetadata {
        let model = metadata["tokenizer.ggml.model"]?.string ?? "missing"
        guard model == "gpt2" else {
            throw .badField(
                path: path, field: "tokenizer.ggml.model", found: model, expected: "gpt2")
        }
        if metadata["tokenizer.ggml.add_eos_token"]?.bool == true {
            throw .badField(
                path: path, field: "tokenizer.ggml.add_eos_token", found: "true",
                expected: "false")
        }
        let bosID = metadata["tokenizer.ggml.bos_token_id"]?.int
        let addsBOS = metadata["tokenizer.ggml.add_bos_token"]?.bool == true
        if addsBOS, bosID == nil {
            throw .missingMetadata(path: path, key: "tokenizer.ggml.bos_token_id")
        }
        return GGUFTokenizerMetadata(
            tokens: try strings("tokenizer.ggml.tokens"),
            merges: try strings("tokenizer.ggml.merges"),
            tokenTypes: metadata["tokenizer.ggml.token_type"]?.ints?.map { Int32(clamping: $0) },
            preTokenizer: metadata["tokenizer.ggml.pre"]?.string,
            bosID: bosID, prefixIDs: addsBOS ? [bosID].compactMap { $0 } : [],
            endIDs: endIDs())
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
