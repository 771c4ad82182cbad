package import Foundation
package import Models
internal import Tensors

/// A folder with what training made of a base model: an adapter in PEFT's form, or the whole model's
/// weights in Hugging Face's.
package struct TrainedFolder {
    private let folder: URL
    private var configurationFile: URL { folder.appending(path: "adapter_config.json") }

    package init(_ folder: URL) { self.folder = folder }

    /// The model that the folder makes of `base`, for scoring; `base` is left as it is.
    ///
    /// - Throws: `ModelFolderError` for what does not fit, `WeightFileError`,
    ///   `TensorError.outOfMemory`.
    package func model(on base: Transformer) throws -> Transformer {
        if has("adapter_config.json") { return try adapted(base) }
        guard has("model.safetensors") || has("model.safetensors.index.json") else {
            throw ModelFolderError.unreadableConfiguration(
                path: folder.path,
                reason: "there is neither adapter_config.json nor model.safetensors in it; "
                    + "give a checkpoint's folder, as in runs/NAME/checkpoints/ARM/step-N")
        }
        return try Transformer.load(
            base.configuration, from: try openWeightFile(at: folder), path: folder.path)
    }

    private func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    private func adapted(_ base: Transformer) throws -> Transformer {
        let file = try SafetensorsFile(folder.appending(path: FineTunedModel.adapterFile))
        let method = try configuration().method(targets: Self.targets(file))
        let problems = method.problems(for: base.configuration)
        guard problems.isEmpty else { throw bad(problems) }
        var random = SystemRandomNumberGenerator()
        let tuned = try method.attach(to: base, using: &random)
        let known = Set(tuned.stored.map { FineTunedModel.storedName(of: $0, in: file) })
        let unknown = file.tensorNames.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw ModelFolderError.badTensors(
                path: folder.path, unknown.map { "\($0) has no place in the base model" })
        }
        try tuned.readTrained(from: folder)
        return tuned.model
    }

    private func configuration() throws -> StoredAdapter {
        let stored: StoredAdapter
        do {
            stored = try JSONDecoder().decode(
                StoredAdapter.self, from: try Data(contentsOf: configurationFile))
        } catch {
            throw ModelFolderError.unreadableConfiguration(
                path: configurationFile.path, reason: StoredAdapter.reason(error))
        }
        guard stored.problems.isEmpty else { throw bad(stored.problems) }
        return stored
    }

    private func bad(_ problems: [String]) -> ModelFolderError {
        .badConfiguration(path: configurationFile.path, problems)
    }

    /// The projections that the file has tensors for.
    private static func targets(_ file: SafetensorsFile) -> Set<Projection> {
        let names = file.tensorNames
        return Set(
            Projection.allCases.filter { projection in
                names.contains { $0.contains(".\(projection.path).") }
            })
    }
}

/// The keys of PEFT's `adapter_config.json` that decide what an adapter computes.
private struct StoredAdapter: Decodable {
    let type: String
    let rank: Int
    let alpha: Double
    let usesRankStabilisation: Bool?
    let usesDoRA: Bool?
    let bias: String?
    let isTransposed: Bool?
    let ranks: [String: Int]?
    let alphas: [String: Double]?

    private enum CodingKeys: String, CodingKey {
        case type = "peft_type"
        case rank = "r"
        case alpha = "lora_alpha"
        case usesRankStabilisation = "use_rslora"
        case usesDoRA = "use_dora"
        case bias
        case isTransposed = "fan_in_fan_out"
        case ranks = "rank_pattern"
        case alphas = "alpha_pattern"
    }

    /// What the adapter asks for and lethe does not compute.
    var problems: [String] {
        var problems: [String] = []
        if type != "LORA" { problems.append("peft_type is \(type); only LORA is supported") }
        if rank < 1 { problems.append("r is \(rank); it must be at least 1") }
        if !alpha.isFinite { problems.append("lora_alpha is \(alpha)") }
        if let bias, bias != "none" { problems.append("bias is \(bias); only none is supported") }
        if isTransposed == true { problems.append("fan_in_fan_out is not supported") }
        if ranks?.isEmpty == false { problems.append("rank_pattern is not supported") }
        if alphas?.isEmpty == false { problems.append("alpha_pattern is not supported") }
        return problems
    }

    /// The method whose tensors the file holds.
    func method(targets: Set<Projection>) -> any FineTuningMethod {
        let lora = LoRA(
            rank: rank, alpha: alpha, targets: targets,
            scaling: usesRankStabilisation == true ? .rslora : .lora)
        return usesDoRA == true ? DoRA(lora) : lora
    }

    static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "no \(key.stringValue)"
        case DecodingError.typeMismatch(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        case is DecodingError: "not valid JSON"
        default: error.localizedDescription
        }
    }
}
