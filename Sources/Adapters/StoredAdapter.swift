internal import Models

/// The keys of `adapter_config.json` that decide what an adapter computes.
struct StoredAdapter: Decodable {
    let type: String
    let rank: Int
    let alpha: Double?
    let usesRankStabilisation: Bool?
    let usesDoRA: Bool?
    let bias: String?
    let isTransposed: Bool?
    let ranks: [String: Int]?
    let alphas: [String: Double]?
    /// How PEFT started the pair; `true` and `false` are words here too.
    let initialisation: Initialisation?
    /// Tokens from which on the adapter takes part.
    let invocationTokens: [Int]?
    /// MoRA's operator; PEFT has no MoRA.
    let moraOperator: String?

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
        case initialisation = "init_lora_weights"
        case invocationTokens = "alora_invocation_tokens"
        case moraOperator = "mora_operator"
    }

    /// A key that is a name or a truth value.
    struct Initialisation: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                name = String(flag)
            } else {
                name = try container.decode(String.self)
            }
        }

        /// Whether the pair's start was taken out of the base weights, of which the adapter's file
        /// says nothing.
        var changesBase: Bool {
            ["pissa", "olora", "loftq", "corda", "lora_ga"].contains {
                name.lowercased().hasPrefix($0)
            }
        }
    }

    /// What the adapter asks for and lethe does not compute.
    var problems: [String] {
        var problems: [String] = []
        if rank < 1 { problems.append("r is \(rank); it must be at least 1") }
        if let bias, bias != "none" { problems.append("bias is \(bias); only none is supported") }
        if isTransposed == true { problems.append("fan_in_fan_out is not supported") }
        if ranks?.isEmpty == false { problems.append("rank_pattern is not supported") }
        if alphas?.isEmpty == false { problems.append("alpha_pattern is not supported") }
        if invocationTokens != nil {
            problems.append("alora_invocation_tokens is not supported")
        }
        if let initialisation, initialisation.changesBase {
            problems.append(
                "init_lora_weights is \(initialisation.name), which changed the base model beside "
                    + "the adapter; save the adapter as plain LoRA, in PEFT with save_pretrained(..., "
                    + "path_initial_model_for_weight_conversion=...)")
        }
        return problems + problemsOfMethod
    }

    private var problemsOfMethod: [String] {
        switch type {
        case "LORA":
            guard let alpha else { return ["no lora_alpha"] }
            return alpha.isFinite ? [] : ["lora_alpha is \(alpha)"]
        case "MORA":
            let name = moraOperator ?? "missing"
            return MoRAOperator(rawValue: name) == nil ? ["mora_operator is \(name)"] : []
        case "VERA": return []
        default: return ["peft_type is \(type); only LORA, VERA and MORA are supported"]
        }
    }

    /// The method whose tensors the file holds.
    func method(targets: Set<Projection>) -> any FineTuningMethod {
        if let kind = moraOperator.flatMap(MoRAOperator.init), type == "MORA" {
            return MoRA(rank: rank, kind: kind, targets: targets)
        }
        if type == "VERA" { return VeRA(rank: rank, targets: targets) }
        let lora = LoRA(
            rank: rank, alpha: alpha ?? 0, targets: targets,
            scaling: usesRankStabilisation == true ? .rslora : .lora)
        return usesDoRA == true ? DoRA(lora) : lora
    }

    /// The projections that the file has tensors for.
    func targets(in file: SafetensorsFile) -> Set<Projection> {
        Set(
            Projection.allCases.filter { projection in
                file.tensorNames.contains { $0.contains(".\(projection.path).") }
            })
    }

    /// Why the file cannot be read with these keys.
    ///
    /// Nothing but reading counts: a rank over the sides of a layer is of no use in training, but
    /// adapters that were converted, as PiSSA is, have it.
    func problems(reading file: SafetensorsFile, on configuration: ModelConfiguration) -> [String] {
        if type == "MORA" {
            return method(targets: targets(in: file)).problems(for: configuration)
                .map(\.description)
        }
        // Before room is made for so many.
        let part = type == "VERA" ? ".vera_lambda_d" : ".lora_A."
        let names = file.tensorNames.filter { $0.contains(part) }.sorted()
        guard !names.isEmpty else { return ["no tensor has \(part) in its name"] }
        let other = names.first { file.shape(of: $0)?.first != rank }
        return other.map { ["r is \(rank), but \($0) is \(file.shape(of: $0) ?? [])"] } ?? []
    }

    static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "no \(key.stringValue)"
        case DecodingError.typeMismatch(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        case is DecodingError: "not valid JSON"
        default: "\(error)"
        }
    }
}
