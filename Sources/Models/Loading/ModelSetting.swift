/// How a model is stored.
package enum ModelFormat: Sendable, Equatable {
    /// A folder with `config.json` and safetensors.
    case huggingFace
    /// One `.gguf` file, whose keys begin with the architecture's name.
    case gguf(architecture: String)
}

/// A number that describes a model, with its name in each format.
package enum ModelSetting: Sendable, CaseIterable {
    case hiddenSize, intermediateSize, layerCount, headCount, kvHeadCount, headSize, vocabularySize
    case maxSequenceLength, ropeTheta, normEpsilon

    /// The key in `config.json`, or below the architecture's name in GGUF's metadata.
    package func key(in format: ModelFormat) -> String {
        format == .huggingFace ? keys.huggingFace : keys.gguf
    }

    /// The key below the architecture's name in GGUF's metadata.
    var ggufKey: String { keys.gguf }

    /// The name in a file's own words, for messages.
    package func name(in format: ModelFormat) -> String {
        switch format {
        case .huggingFace: keys.huggingFace
        case .gguf(let architecture): "\(architecture).\(keys.gguf)"
        }
    }

    private var keys: (huggingFace: String, gguf: String) {
        switch self {
        case .hiddenSize: ("hidden_size", "embedding_length")
        case .intermediateSize: ("intermediate_size", "feed_forward_length")
        case .layerCount: ("num_hidden_layers", "block_count")
        case .headCount: ("num_attention_heads", "attention.head_count")
        case .kvHeadCount: ("num_key_value_heads", "attention.head_count_kv")
        case .headSize: ("head_dim", "attention.key_length")
        case .vocabularySize: ("vocab_size", "vocab_size")
        case .maxSequenceLength: ("max_position_embeddings", "context_length")
        case .ropeTheta: ("rope_theta", "rope.freq_base")
        case .normEpsilon: ("rms_norm_eps", "attention.layer_norm_rms_epsilon")
        }
    }
}

extension ModelConfiguration {
    /// The sizes, which are all at least 1.
    var sizes: [(ModelSetting, Int)] {
        [
            (.hiddenSize, hiddenSize), (.intermediateSize, intermediateSize),
            (.layerCount, layerCount), (.headCount, headCount), (.kvHeadCount, kvHeadCount),
            (.headSize, headSize), (.vocabularySize, vocabularySize),
            (.maxSequenceLength, maxSequenceLength),
        ]
    }

    /// In what two models differ, by the names in `config.json`; the tie of head and table aside.
    package func differences(from other: ModelConfiguration) -> [String] {
        let sizes = zip(sizes, other.sizes).map { own, other in
            (own.0, Double(own.1), Double(other.1))
        }
        let numbers: [(ModelSetting, Double, Double)] = [
            (.normEpsilon, normEpsilon, other.normEpsilon)
        ]
        guard family == other.family else {
            return ["model_type is \(family.modelType), but \(other.family.modelType) in the base"]
        }
        let differences = (sizes + numbers).filter { $1 != $2 }.map { setting, own, other in
            func text(_ number: Double) -> String { "\(FileValue.number(number))" }
            return
                "\(setting.key(in: .huggingFace)) is \(text(own)), but \(text(other)) in the base"
        }
        return differences + designDifferences(from: other)
    }

    /// The same of what blocks compute.
    private func designDifferences(from other: ModelConfiguration) -> [String] {
        guard design != other.design else { return [] }
        if let own = ropeTheta, let theta = other.ropeTheta, own != theta {
            func text(_ number: Double) -> String { "\(FileValue.number(number))" }
            return ["rope_theta is \(text(own)), but \(text(theta)) in the base"]
        }
        return ["the keys beside the sizes describe other blocks than those of the base"]
    }
}

extension FileValue {
    /// A number as it would be written.
    fileprivate static func number(_ value: Double) -> FileValue {
        Int(exactly: value).map { .int($0) } ?? .float(value)
    }
}
