package import Foundation

/// The `config.json` of a Llama-family model in Hugging Face's form.
package struct HuggingFaceConfiguration {
    /// Its name in a model's folder.
    package static let fileName = "config.json"

    /// The model that the keys describe; nil if they do not.
    private(set) var model: ModelConfiguration?
    /// Everything that is missing, contradicts itself or is not computed.
    private(set) var problems: [String] = []

    /// Reads a `config.json`.
    ///
    /// - Throws: `ModelFolderError` with everything that is missing or not supported.
    package static func read(_ file: URL) throws(ModelFolderError) -> ModelConfiguration {
        let parsed = HuggingFaceConfiguration(try JSONObjectFile(file).values)
        guard let model = parsed.model, parsed.problems.isEmpty else {
            throw .badConfiguration(path: file.path, parsed.problems)
        }
        return model
    }

    /// Keys of another family mean other things: its type is all that is told of it.
    init(_ values: [String: FileValue]) {
        var reader = KeyReader(values)
        let type = reader.required("model_type", .text)
        guard let family = HuggingFaceKeys.Family.all.first(where: { $0.modelType == type }) else {
            problems = reader.problems + (type.map { [Self.unknown(type: $0)] } ?? [])
            return
        }
        let rotary = RotaryKeys(values)
        model = Self.model(&reader, family, theta: rotary.theta)
        problems =
            reader.problems + HuggingFaceKeys.model.problems(in: values) + rotary.problems
            + (model?.problems ?? []) + Self.problems(ofWindow: values, family, model)
    }

    private static func unknown(type: String) -> String {
        let known = HuggingFaceKeys.Family.all.map(\.modelType).joined(separator: " and ")
        return "model_type is \(type); only \(known) are supported"
    }

    private static func model(
        _ reader: inout KeyReader, _ family: HuggingFaceKeys.Family, theta: Double
    ) -> ModelConfiguration? {
        func size(_ setting: ModelSetting) -> Int? {
            reader.required(setting.key(in: .huggingFace), .integer)
        }
        let sizes = (
            size(.hiddenSize), size(.intermediateSize), size(.layerCount), size(.headCount),
            size(.vocabularySize), size(.maxSequenceLength)
        )
        let kvHeads = reader.optional(ModelSetting.kvHeadCount.key(in: .huggingFace), .integer)
        let headSize = reader.optional(ModelSetting.headSize.key(in: .huggingFace), .integer)
        let epsilon = reader.required(ModelSetting.rmsNormEpsilon.key(in: .huggingFace), .number)
        let isTied = reader.optional("tie_word_embeddings", .flag)
        guard
            case (let hidden?, let inner?, let layers?, let heads?, let tokens?, let context?) =
                sizes, let epsilon
        else { return nil }
        return ModelConfiguration(
            hiddenSize: hidden, intermediateSize: inner, layerCount: layers, headCount: heads,
            kvHeadCount: kvHeads ?? family.kvHeadCount ?? heads, headSize: headSize,
            vocabularySize: tokens, ropeTheta: theta, rmsNormEpsilon: epsilon,
            maxSequenceLength: context, tiesEmbeddings: isTied ?? false)
    }

    /// A window changes nothing as long as no sequence is longer; a shorter one is not computed.
    private static func problems(
        ofWindow values: [String: FileValue], _ family: HuggingFaceKeys.Family,
        _ model: ModelConfiguration?
    ) -> [String] {
        var reader = KeyReader(values)
        let types = reader.optional("layer_types", .texts) ?? []
        let isSet = values["sliding_window"].map { $0 != .null }
        let window =
            isSet == nil ? family.slidingWindow : reader.optional("sliding_window", .integer)
        var problems = reader.problems
        if let window, let context = model?.maxSequenceLength, window < context {
            problems.append(
                "sliding_window is \(window)\(isSet == nil ? " where the file has none" : ""), below "
                    + "max_position_embeddings \(context): attention to a window is not computed; "
                    + "set max_position_embeddings to at most \(window) to use the model no further"
            )
        }
        let known = ["full_attention"] + (window == nil ? [] : ["sliding_attention"])
        if let other = types.first(where: { !known.contains($0) }) {
            problems.append("layer_types has \(other); only full_attention is supported")
        }
        return problems
    }
}

extension HuggingFaceConfiguration {
    /// Writes the configuration of a model as Hugging Face reads it.
    ///
    /// - Throws: Foundation's error if the file cannot be written.
    package static func write(_ configuration: ModelConfiguration, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(Written(configuration)).write(to: file, options: .atomic)
    }

    private struct Written: Encodable {
        let configuration: ModelConfiguration

        init(_ configuration: ModelConfiguration) { self.configuration = configuration }

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            func key(_ setting: ModelSetting) -> Key {
                Key(stringValue: setting.key(in: .huggingFace))
            }
            for (setting, size) in configuration.sizes {
                try container.encode(size, forKey: key(setting))
            }
            try container.encode(configuration.ropeTheta, forKey: key(.ropeTheta))
            try container.encode(configuration.rmsNormEpsilon, forKey: key(.rmsNormEpsilon))
            try container.encode(
                configuration.tiesEmbeddings, forKey: Key(stringValue: "tie_word_embeddings"))
            for (name, text) in [("model_type", "llama"), ("hidden_act", "silu")] {
                try container.encode(text, forKey: Key(stringValue: name))
            }
        }
    }
}
