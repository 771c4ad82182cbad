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
            + (model?.problems ?? [])
            + WindowKeys(values, family, context: model?.maxSequenceLength).problems
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
}
