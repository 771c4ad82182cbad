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
    /// `tokenizer.ggml.eos_token_id`.
    package var eosID: Int?
}

extension GGUFFile {
    /// The tokenizer under `tokenizer.ggml.*` in the metadata.
    ///
    /// - Throws: `WeightFileError` if it is not byte-level BPE (model `gpt2`) or is incomplete.
    package func tokenizerMetadata() throws(WeightFileError) -> GGUFTokenizerMetadata {
        let model = metadata["tokenizer.ggml.model"]?.string ?? "missing"
        guard model == "gpt2" else {
            throw .badField(
                path: path, field: "tokenizer.ggml.model", found: model, expected: "gpt2")
        }
        return GGUFTokenizerMetadata(
            tokens: try strings("tokenizer.ggml.tokens"),
            merges: try strings("tokenizer.ggml.merges"),
            tokenTypes: metadata["tokenizer.ggml.token_type"]?.ints?.map { Int32(clamping: $0) },
            preTokenizer: metadata["tokenizer.ggml.pre"]?.string,
            bosID: metadata["tokenizer.ggml.bos_token_id"]?.int,
            eosID: metadata["tokenizer.ggml.eos_token_id"]?.int)
    }

    private func strings(_ key: String) throws(WeightFileError) -> [String] {
        guard let strings = metadata[key]?.strings else {
            throw .missingMetadata(path: path, key: key)
        }
        return strings
    }
}
