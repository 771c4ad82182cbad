package import Foundation
internal import Platform

extension HuggingFaceConfiguration {
    /// Writes the configuration of a model as Hugging Face reads it.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    package static func write(_ configuration: ModelConfiguration, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try WholeFile.write(try encoder.encode(Written(configuration)), to: file)
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
