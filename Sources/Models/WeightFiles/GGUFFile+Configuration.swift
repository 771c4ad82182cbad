extension GGUFFile {
    /// The sizes of the model, from the entries `llama.*` of the metadata.
    ///
    /// - Throws: `WeightFileError` if the model is of another architecture, scales its rotary
    ///   embedding, or the metadata lacks a number or has one that cannot be.
    package func modelConfiguration() throws(WeightFileError) -> ModelConfiguration {
        try refuseOtherModels()
        let hiddenSize = try positive("embedding_length")
        let headCount = try positive("attention.head_count")
        guard let embedding = shape(of: "model.embed_tokens.weight"), embedding.count == 2 else {
            throw .unknownTensor(path: path, tensor: "model.embed_tokens.weight")
        }
        return ModelConfiguration(
            hiddenSize: hiddenSize,
            intermediateSize: try positive("feed_forward_length"),
            layerCount: try positive("block_count"),
            headCount: headCount,
            kvHeadCount: try positive("attention.head_count_kv", default: headCount),
            headSize: try positive("attention.key_length", default: hiddenSize / headCount),
            vocabularySize: embedding[0],
            ropeTheta: metadata["llama.rope.freq_base"]?.float ?? 10_000,
            rmsNormEpsilon: try epsilon(),
            maxSequenceLength: try positive("context_length"),
            tiesEmbeddings: shape(of: "lm_head.weight") == nil)
    }

    private func refuseOtherModels() throws(WeightFileError) {
        let architecture = metadata["general.architecture"]?.string ?? "missing"
        guard architecture == "llama" else {
            throw .badField(
                path: path, field: "general.architecture", found: architecture, expected: "llama")
        }
        let scaling = metadata["llama.rope.scaling.type"]?.string ?? "none"
        guard scaling == "none", shape(of: "rope_freqs.weight") == nil else {
            throw .badField(
                path: path, field: "the scaling of the rotary embedding", found: scaling,
                expected: "none, and no rope_freqs.weight")
        }
        if let experts = metadata["llama.expert_count"]?.int, experts > 0 {
            throw .badField(
                path: path, field: "llama.expert_count", found: "\(experts)", expected: "0")
        }
    }

    private func positive(_ name: String, default missing: Int? = nil) throws(WeightFileError)
        -> Int
    {
        let key = "llama." + name
        guard let value = metadata[key] ?? missing.map({ .int($0) }) else {
            throw .missingMetadata(path: path, key: key)
        }
        guard let number = value.int, number > 0, number <= Int32.max else {
            throw .badField(
                path: path, field: key, found: "\(value)", expected: "an integer of at least 1")
        }
        return number
    }

    private func epsilon() throws(WeightFileError) -> Double {
        let key = "llama.attention.layer_norm_rms_epsilon"
        guard let value = metadata[key]?.float else {
            throw .missingMetadata(path: path, key: key)
        }
        return value
    }
}
