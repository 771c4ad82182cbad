package import Foundation
internal import Platform

extension HuggingFaceConfiguration {
    /// Writes the configuration of a model as Hugging Face reads it: with the keys of the file that it
    /// was read from, if it was.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    package static func write(_ configuration: ModelConfiguration, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text =
            try configuration.source.text.map { updated($0, configuration) }
            ?? encoder.encode(Written(configuration))
        try WholeFile.write(text, to: file)
    }

    /// What may have changed since the file was read: the tie, and the type of the numbers.
    private static func updated(_ text: Data, _ configuration: ModelConfiguration) -> Data {
        let keys = (try? JSONDecoder().decode([String: FileValue].self, from: text)) ?? [:]
        var text = text
        let (tie, isTied) = ("tie_word_embeddings", configuration.tiesEmbeddings)
        if keys[tie] != nil || isTied != configuration.family.tiesEmbeddings {
            text = JSONEdit.setting(tie, to: "\(isTied)", in: text)
        }
        for key in ["dtype", "torch_dtype"] where keys[key]?.string != nil {
            text = JSONEdit.setting(key, to: "\"float32\"", in: text)
        }
        return text
    }

    private struct Written: Encodable {
        let configuration: ModelConfiguration

        /// - Precondition: a plain Llama model; others are read from files.
        init(_ configuration: ModelConfiguration) {
            precondition(
                configuration.family == .llama
                    && configuration.design.attentionKinds.count == 1
                    && configuration.design.biases.isEmpty,
                "a description of \(configuration.family.modelType) without a file")
            self.configuration = configuration
        }

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
            try container.encodeIfPresent(configuration.ropeTheta, forKey: key(.ropeTheta))
            try container.encode(configuration.normEpsilon, forKey: key(.normEpsilon))
            try container.encode(
                configuration.tiesEmbeddings, forKey: Key(stringValue: "tie_word_embeddings"))
            for (name, text) in [
                ("model_type", configuration.family.modelType), ("hidden_act", "silu"),
            ] {
                try container.encode(text, forKey: Key(stringValue: name))
            }
        }
    }
}
