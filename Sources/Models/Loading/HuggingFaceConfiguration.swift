package import Foundation

/// The part of a Hugging Face `config.json` that describes a Llama-family model.
package struct HuggingFaceConfiguration: Codable, Sendable, Equatable {
    var modelType: String?
    var hiddenSize: Int
    var intermediateSize: Int
    var numHiddenLayers: Int
    var numAttentionHeads: Int
    var numKeyValueHeads: Int?
    var headDim: Int?
    var vocabSize: Int
    var ropeTheta: Double?
    var ropeScaling: RopeScaling?
    var ropeParameters: RopeScaling?
    var rmsNormEps: Double
    var maxPositionEmbeddings: Int
    var tieWordEmbeddings: Bool?
    var attentionBias: Bool?
    var mlpBias: Bool?
    var hiddenAct: String?

    /// Rotary settings beyond the plain form.
    struct RopeScaling: Codable, Sendable, Equatable {
        var ropeType: String?
        var type: String?
        var ropeTheta: Double?
    }

    /// Its name in a model's folder.
    package static let fileName = "config.json"

    /// Reads a `config.json`.
    ///
    /// - Throws: `ModelFolderError` with everything that is missing or not supported.
    package static func read(_ file: URL) throws(ModelFolderError) -> ModelConfiguration {
        let parsed: HuggingFaceConfiguration
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            parsed = try decoder.decode(
                HuggingFaceConfiguration.self, from: try Data(contentsOf: file))
        } catch {
            throw .unreadableConfiguration(path: file.path, reason: Self.reason(error))
        }
        let problems = parsed.unsupported + parsed.configuration.problems
        guard problems.isEmpty else { throw .badConfiguration(path: file.path, problems) }
        return parsed.configuration
    }

    /// Writes the configuration of a model as Hugging Face reads it.
    ///
    /// - Throws: Foundation's error if the file cannot be written.
    package static func write(_ configuration: ModelConfiguration, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let contents = try encoder.encode(HuggingFaceConfiguration(configuration))
        try contents.write(to: file, options: .atomic)
    }

    init(_ configuration: ModelConfiguration) {
        modelType = "llama"
        hiddenSize = configuration.hiddenSize
        intermediateSize = configuration.intermediateSize
        numHiddenLayers = configuration.layerCount
        numAttentionHeads = configuration.headCount
        numKeyValueHeads = configuration.kvHeadCount
        headDim = configuration.headSize
        vocabSize = configuration.vocabularySize
        ropeTheta = configuration.ropeTheta
        rmsNormEps = configuration.rmsNormEpsilon
        maxPositionEmbeddings = configuration.maxSequenceLength
        tieWordEmbeddings = configuration.tiesEmbeddings
        hiddenAct = "silu"
    }

    private var configuration: ModelConfiguration {
        ModelConfiguration(
            hiddenSize: hiddenSize, intermediateSize: intermediateSize, layerCount: numHiddenLayers,
            headCount: numAttentionHeads, kvHeadCount: numKeyValueHeads ?? numAttentionHeads,
            headSize: headDim, vocabularySize: vocabSize,
            ropeTheta: ropeTheta ?? ropeParameters?.ropeTheta ?? 10_000, rmsNormEpsilon: rmsNormEps,
            maxSequenceLength: maxPositionEmbeddings, tiesEmbeddings: tieWordEmbeddings ?? false)
    }

    /// What the file asks for and lethe does not compute.
    private var unsupported: [String] {
        var problems: [String] = []
        if let modelType, !["llama", "mistral"].contains(modelType) {
            problems.append("model_type is \(modelType); only llama-like models are supported")
        }
        for scaling in [ropeScaling, ropeParameters] {
            if let type = scaling?.ropeType ?? scaling?.type, type != "default" {
                problems.append("rope scaling of type \(type) is not supported")
            }
        }
        if attentionBias == true { problems.append("attention_bias is not supported") }
        if mlpBias == true { problems.append("mlp_bias is not supported") }
        if let hiddenAct, hiddenAct != "silu" {
            problems.append("hidden_act is \(hiddenAct); only silu is supported")
        }
        return problems
    }

    private static func reason(_ error: any Error) -> String {
        guard case .keyNotFound(let key, _) = error as? DecodingError else {
            return error.localizedDescription
        }
        return "no \(key.stringValue)"
    }
}
