package import Foundation

/// The `config.json` of a model in Hugging Face's form.
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
        let object = try JSONObjectFile(file)
        let parsed = HuggingFaceConfiguration(object.values)
        guard var model = parsed.model, parsed.problems.isEmpty else {
            throw .badConfiguration(path: file.path, parsed.problems)
        }
        model.source = ConfigurationSource(text: object.text)
        return model
    }

    /// Keys of another family mean other things: its type is all that is told of it.
    ///
    /// - Parameters:
    ///   - values: The keys.
    ///   - format: The format of the file that they come from, whose names stand in messages about
    ///     sizes.
    init(_ values: [String: FileValue], from format: ModelFormat = .huggingFace) {
        var reader = KeyReader(values)
        let type = reader.required("model_type", .text)
        guard let family = Family.all.first(where: { $0.modelType == type }) else {
            problems = reader.problems + (type.map { [Self.unknown(type: $0, values)] } ?? [])
            return
        }
        let (sizes, ties) = Self.model(&reader, family)
        problems = reader.problems + HuggingFaceKeys.model.adding(family.keys).problems(in: values)
        guard var model = sizes else { return }
        if let ties { model.tiesEmbeddings = ties }
        var designReader = DesignReader(
            values,
            sizes: ModelSizes(
                hiddenSize: model.hiddenSize, layerCount: model.layerCount,
                headSize: model.headSize, contextLength: model.maxSequenceLength))
        model.design = family.design(&designReader)
        model.paddingToken = Self.paddingToken(values, family, rows: model.vocabularySize)
        problems += designReader.problems + model.problems(in: format)
        self.model = model
    }

    /// As `torch.nn.Embedding` counts it: from the end where it is below 0.
    private static func paddingToken(
        _ values: [String: FileValue], _ family: Family, rows: Int
    ) -> Int? {
        let named = values["pad_token_id"]
        guard !family.trainsPadding,
            let token = named == nil ? family.paddingToken : named?.int
        else { return nil }
        let row = token < 0 ? rows &+ token : token
        return (0..<max(0, rows)).contains(row) ? row : nil
    }

    private static func unknown(type: String, _ values: [String: FileValue]) -> String {
        let known = Family.all.map(\.modelType).joined(separator: ", ")
        let kind = ForeignKind(type, values).map { ", \($0.sentence)" } ?? ""
        return "model_type is \(type)\(kind); only \(known) are supported"
    }

    /// The sizes, with Llama's design, and whether the file says that head and table are tied.
    private static func model(
        _ reader: inout KeyReader, _ family: Family
    ) -> (ModelConfiguration?, isTied: Bool?) {
        func size(_ setting: ModelSetting) -> Int? {
            reader.required(setting.key(in: .huggingFace), .integer)
        }
        let sizes = (
            size(.hiddenSize), size(.intermediateSize), size(.layerCount), size(.headCount),
            size(.vocabularySize), size(.maxSequenceLength)
        )
        let kvHeads = reader.optional(ModelSetting.kvHeadCount.key(in: .huggingFace), .integer)
        let headSize = reader.optional(ModelSetting.headSize.key(in: .huggingFace), .integer)
        let epsilon = reader.required(family.epsilonKey, .number)
        let isTied = reader.optional("tie_word_embeddings", .flag)
        guard
            case (let hidden?, let inner?, let layers?, let heads?, let tokens?, let context?) =
                sizes, let epsilon
        else { return (nil, isTied) }
        let model = ModelConfiguration(
            hiddenSize: hidden, intermediateSize: inner, layerCount: layers, headCount: heads,
            kvHeadCount: kvHeads ?? family.kvHeadCount ?? heads,
            headSize: headSize ?? family.headSize, vocabularySize: tokens, normEpsilon: epsilon,
            maxSequenceLength: context, tiesEmbeddings: family.tiesEmbeddings, family: family)
        return (model, isTied)
    }
}
