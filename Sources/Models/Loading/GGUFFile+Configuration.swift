extension GGUFFile {
    /// The architecture whose keys and tensors are known.
    private static let architecture = "llama"

    /// The sizes of the model, from the entries `llama.*` of the metadata.
    ///
    /// - Throws: `ModelFolderError.badConfiguration` with all that is missing or not computed.
    package func modelConfiguration() throws(ModelFolderError) -> ModelConfiguration {
        let problemsOfFile = fileProblems
        guard problemsOfFile.isEmpty else {
            throw .badConfiguration(path: path, problemsOfFile)
        }
        var reader = KeyReader(metadata)
        let model = configuration(&reader)
        let problems =
            reader.problems + GGUFKeys.model.problems(in: metadata, below: GGUFKeys.prefix)
            + (model.map(problems(of:)) ?? [])
        guard let model, problems.isEmpty else { throw .badConfiguration(path: path, problems) }
        return model
    }

    /// What makes the file another kind of file, so that nothing else of it is told.
    private var fileProblems: [String] {
        let found = metadata["general.architecture"]?.string
        if found != Self.architecture {
            return [
                found.map {
                    "general.architecture is \($0); only \(Self.architecture) is supported"
                }
                    ?? "no general.architecture"
            ]
        }
        if let type = metadata["general.type"]?.string, type != "model" {
            return ["general.type is \(type); only model is supported"]
        }
        return splitProblems
    }

    /// A split model's other tensors are in other files.
    private var splitProblems: [String] {
        if let count = metadata["split.count"]?.int, count > 1 {
            return [
                "split.count is \(count): the file is one of \(count) parts; put them together with "
                    + "`llama-gguf-split --merge`"
            ]
        }
        guard let count = metadata["split.tensors.count"]?.int, count != tensorNames.count else {
            return []
        }
        return ["split.tensors.count is \(count), but the file has \(tensorNames.count) tensors"]
    }

    private func configuration(_ reader: inout KeyReader) -> ModelConfiguration? {
        func size(_ setting: ModelSetting) -> Int? {
            reader.required(setting.name(in: .gguf), .integer)
        }
        let sizes = (
            size(.hiddenSize), size(.intermediateSize), size(.layerCount), size(.headCount),
            size(.maxSequenceLength)
        )
        let kvHeads = reader.optional(ModelSetting.kvHeadCount.name(in: .gguf), .integer)
        let headSize = reader.optional(ModelSetting.headSize.name(in: .gguf), .integer)
        let theta = reader.optional(ModelSetting.ropeTheta.name(in: .gguf), .number)
        let epsilon = reader.required(ModelSetting.normEpsilon.name(in: .gguf), .number)
        let named = reader.optional(ModelSetting.vocabularySize.name(in: .gguf), .integer)
        guard case (let hidden?, let inner?, let layers?, let heads?, let context?) = sizes,
            let epsilon
        else { return nil }
        return ModelConfiguration(
            hiddenSize: hidden, intermediateSize: inner, layerCount: layers, headCount: heads,
            kvHeadCount: kvHeads ?? heads, headSize: headSize,
            vocabularySize: shape(of: TensorNames.llama.name(.embedding, layer: nil))?.first
                ?? named ?? 1,
            ropeTheta: theta ?? 10_000, normEpsilon: epsilon, maxSequenceLength: context,
            tiesEmbeddings: shape(of: TensorNames.llama.name(.head, layer: nil)) == nil)
    }

    private func problems(of model: ModelConfiguration) -> [String] {
        /// A key that says again what another does.
        func repeated(_ key: String, _ number: Int) -> String? {
            guard let value = metadata[GGUFKeys.prefix + key], !value.means(.int(number)) else {
                return nil
            }
            return "\(GGUFKeys.prefix)\(key) is \(value); only \(number) is supported"
        }
        let window = metadata[GGUFKeys.prefix + "attention.sliding_window"]
        let hidesTokens = window.map { !$0.means(.int(0)) && $0.int ?? 0 < model.maxSequenceLength }
        return model.problems(in: .gguf)
            + [
                repeated("attention.value_length", model.headSize),
                repeated("rope.dimension_count", model.headSize),
                repeated("vocab_size", model.vocabularySize),
                hidesTokens == true
                    ? "\(GGUFKeys.prefix)attention.sliding_window is \(window ?? .null), below the "
                        + "context: attention to a window is not computed" : nil,
            ].compactMap { $0 }
    }
}
