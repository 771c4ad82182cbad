internal import Models

/// What an `adapter_config.json` says that an adapter computes.
struct StoredAdapter {
    private enum Kind {
        case lora(LoRA.Scaling, alpha: Double, isDoRA: Bool)
        case vera
        case mora(MoRAOperator)
    }

    /// What the adapter asks for and lethe does not compute, or does not say.
    private(set) var problems: [String]
    private var kind = Kind.vera
    private var rank = 0
    private var targetModules: TargetModules?
    /// The modules that are stored whole.
    private var wholeModules: [String] = []
    private var tiesTables = false
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
        rank = reader.required("r", .integer) ?? 1
        if rank < 1 { problems.append("r is \(rank); it must be at least 1") }
        wholeModules = reader.optional("modules_to_save", .texts) ?? []
        tiesTables = reader.optional("ensure_weight_tying", .flag) ?? false
        if let file = reader.optional(AdapterKeys.mergedWeights, .text) {
            replacesWeights = file == WeightFileName.whole
            if !replacesWeights {
                problems.append(
                    "\(AdapterKeys.mergedWeights) is \(file); only \(WeightFileName.whole) is supported"
                )
            }
        }
        kind = Self.kind(type, &reader, &problems)
        problems += reader.problems + table.problems(in: values)
        problems += Self.problems(ofStart: values["init_lora_weights"] ?? .null)
        if let modules = values["target_modules"], !modules.isUnset {
            targetModules = TargetModules(modules)
            if targetModules == nil {
                problems.append("target_modules is \(modules), neither names nor an expression")
            }
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

// MARK: - Together with the tensors

extension StoredAdapter {
    /// The method whose tensors the file holds.
    func method(targets: Set<Projection>) -> any FineTuningMethod {
        switch kind {
        case .lora(let scaling, let alpha, let isDoRA):
            let lora = LoRA(rank: rank, alpha: alpha, targets: targets, scaling: scaling)
            return isDoRA ? DoRA(lora) : lora
        case .vera: return VeRA(rank: rank, targets: targets)
        case .mora(let kind): return MoRA(rank: rank, kind: kind, targets: targets)
        }
    }

    /// The projections that the configuration names; of one that names none, those in the file.
    ///
    /// A sentence for all that is named and gets no adapter is added to `problems`.
    func targets(
        in file: SafetensorsFile, on configuration: ModelConfiguration, _ problems: inout [String]
    ) -> Set<Projection> {
        if let targetModules { return targetModules.projections(of: configuration, &problems) }
        return Set(
            Projection.allCases.filter { projection in
                file.tensorNames.contains { $0.contains(".\(projection.path).") }
            })
    }

    /// Why the file cannot be read with these keys.
    ///
    /// Nothing but reading counts: a rank over the sides of a layer is of no use in training, but
    /// adapters that were converted, as PiSSA is, have it.
    func problems(
        reading file: SafetensorsFile, targets: Set<Projection>,
        on configuration: ModelConfiguration
    ) -> [String] {
        if case .mora = kind {
            return method(targets: targets).problems(for: configuration).map(\.description)
        }
        // Before room is made for so many.
        let part = if case .vera = kind { ".vera_lambda_d" } else { ".lora_A." }
        let names = file.tensorNames.filter { $0.contains(part) }.sorted()
        guard !names.isEmpty else { return ["no tensor has \(part) in its name"] }
        let other = names.first { file.shape(of: $0)?.first != rank }
        return other.map { ["r is \(rank), but \($0) is \(file.shape(of: $0) ?? [])"] } ?? []
    }

    /// Whether the tables that the configuration says are stored whole are those that are.
    func problems(
        ofTables stored: [VocabularyTable], isBaseTied: Bool
    ) -> [String] {
        var problems: [String] = []
        for name in wholeModules {
            guard let table = VocabularyTable.allCases.first(where: { $0.isNamed(name) }) else {
                problems.append(
                    "modules_to_save names \(name); only embed_tokens and lm_head are supported")
                continue
            }
            if !stored.contains(table) {
                problems.append("modules_to_save names \(name), which is missing from the weights")
            }
        }
        if tiesTables, isBaseTied, stored.count == 1 {
            problems.append(
                "ensure_weight_tying is true, but of embed_tokens and lm_head only one is stored")
        }
        return problems
    }
}
