internal import Models

/// What an `adapter_config.json` says that an adapter computes.
struct StoredAdapter {
    enum Kind {
        case lora(LoRA.Scaling, alpha: Double, isDoRA: Bool)
        case vera
        case mora(MoRAOperator)
    }

    /// What the adapter asks for and lethe does not compute, or does not say.
    private(set) var problems: [String]
    private(set) var kind = Kind.vera
    private(set) var rank = 0
    private(set) var targetModules: TargetModules?
    /// The modules that are stored whole.
    private(set) var wholeModules: [String] = []
    private(set) var tiesTables = false
    /// Whether the weights beside the adapter take the place of the base's.
    private(set) var replacesWeights = false

    init(_ values: [String: FileValue]) {
        var reader = KeyReader(values)
        guard let type = reader.optional("peft_type", .text) else {
            problems = reader.problems.isEmpty ? [Self.problem(ofOrigin: values)] : reader.problems
            return
        }
        problems = []
        guard let table = Self.tables[type] else {
            problems = ["peft_type is \(type); only LORA, VERA and MORA are supported"]
            return
        }
        read(&reader)
        kind = Self.kind(type, &reader, &problems)
        problems += reader.problems + table.problems(in: values)
        problems += Self.problems(ofStart: values["init_lora_weights"] ?? .null)
        read(targets: values["target_modules"] ?? .null)
    }

    /// What adapters of all kinds say.
    private mutating func read(_ reader: inout KeyReader) {
        rank = reader.required("r", .integer) ?? 1
        if rank < 1 { problems.append("r is \(rank); it must be at least 1") }
        wholeModules = reader.optional("modules_to_save", .texts) ?? []
        tiesTables = reader.optional("ensure_weight_tying", .flag) ?? false
        guard let file = reader.optional(AdapterKeys.mergedWeights, .text) else { return }
        replacesWeights = file == WeightFileName.whole
        if !replacesWeights {
            problems.append(
                "\(AdapterKeys.mergedWeights) is \(file); only \(WeightFileName.whole) is supported"
            )
        }
    }

    private mutating func read(targets modules: FileValue) {
        guard !modules.isUnset else { return }
        targetModules = TargetModules(modules)
        if targetModules == nil {
            problems.append("target_modules is \(modules), neither names nor an expression")
        }
    }

    private static let tables = [
        "LORA": AdapterKeys.lora, "VERA": AdapterKeys.vera, "MORA": AdapterKeys.mora,
    ]

    private static func kind(
        _ type: String, _ reader: inout KeyReader, _ problems: inout [String]
    ) -> Kind {
        switch type {
        case "LORA":
            let alpha = reader.required("lora_alpha", .number) ?? 1
            if !alpha.isFinite { problems.append("lora_alpha is \(alpha)") }
            let isStabilised = reader.optional("use_rslora", .flag) ?? false
            let isDoRA = reader.optional("use_dora", .flag) ?? false
            return .lora(isStabilised ? .rslora : .lora, alpha: alpha, isDoRA: isDoRA)
        case "MORA":
            let name = reader.required("mora_operator", .text)
            if let known = name.flatMap(MoRAOperator.init) { return .mora(known) }
            problems += name.map { ["mora_operator is \($0)"] } ?? []
            return .mora(.sharing)
        default: return .vera
        }
    }

    /// Files of other programs have the same name and other keys.
    private static func problem(ofOrigin values: [String: FileValue]) -> String {
        guard let type = values["fine_tune_type"] else { return "no peft_type" }
        return
            "no peft_type, but fine_tune_type \(type): the adapter is one of MLX, and only those "
            + "of PEFT are read; fuse it into its model with mlx_lm.fuse"
    }

    /// Some pairs start as a part that is taken out of the base, of which the file says nothing.
    private static func problems(ofStart start: FileValue) -> [String] {
        let harmless: [FileValue] =
            [.null, .bool(true), .bool(false)]
            + ["gaussian", "eva", "orthogonal"].map { .string($0) }
        guard !harmless.contains(start) else { return [] }
        return [
            "init_lora_weights is \(start), which changed the base model beside the adapter; "
                + "save the adapter as plain LoRA, in PEFT with save_pretrained(..., "
                + "path_initial_model_for_weight_conversion=...)"
        ]
    }
}
