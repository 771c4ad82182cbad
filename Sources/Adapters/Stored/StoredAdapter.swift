internal import Models

/// What an `adapter_config.json` says that an adapter computes.
struct StoredAdapter {
    /// What the adapter asks for and lethe does not compute, or does not say.
    private(set) var problems: [String] = []
    private(set) var kind = Kind.vera
    private(set) var rank = ModuleValue(1)
    private(set) var modules = AdaptedModules()
    /// The names of modules that are stored whole.
    private(set) var wholeModules: [String] = []
    private(set) var tiesTables = false
    /// Whether the weights beside the adapter take the place of the base's.
    private(set) var replacesWeights = false

    init(_ file: JSONObjectFile) {
        var reader = KeyReader(file.values)
        guard let type = reader.optional("peft_type", .text) else {
            let unknown = [Self.problem(ofOrigin: file.values)]
            problems = reader.problems.isEmpty ? unknown : reader.problems
            return
        }
        guard let table = Self.tables[type] else {
            problems = ["peft_type is \(type); only LORA, VERA and MORA are supported"]
            return
        }
        readModules(&reader, file)
        readWeights(&reader)
        kind = Self.kind(type, &reader, file, &problems)
        problems += reader.problems + table.problems(in: file.values)
        problems += Self.problems(ofStart: file.values["init_lora_weights"] ?? .null)
    }

    private mutating func readModules(_ reader: inout KeyReader, _ file: JSONObjectFile) {
        let common = reader.required("r", .integer) ?? 1
        rank = ModuleValue(common, by: "rank_pattern", in: file, .integer, &problems)
        problems += rank.all.filter { $0 < 1 }.map {
            "r or one of rank_pattern is \($0); a rank is at least 1"
        }
        wholeModules = reader.optional("modules_to_save", .texts) ?? []
        if wholeModules.count > Self.mostNames {
            problems.append(
                "modules_to_save has \(wholeModules.count) names; at most \(Self.mostNames) are read"
            )
            wholeModules = []
        }
        tiesTables = reader.optional("ensure_weight_tying", .flag) ?? false
        modules = AdaptedModules(file.values, whole: wholeModules, &problems)
    }

    private mutating func readWeights(_ reader: inout KeyReader) {
        guard let file = reader.optional(AdapterKeys.mergedWeights, .text) else { return }
        replacesWeights = file == WeightFileName.whole
        if !replacesWeights {
            problems.append(
                "\(AdapterKeys.mergedWeights) is \(file); only \(WeightFileName.whole) is supported"
            )
        }
    }

    /// Far more than any model has kinds of modules, and soon compared with all of them.
    private static let mostNames = 256

    private static let tables = [
        "LORA": AdapterKeys.lora, "VERA": AdapterKeys.vera, "MORA": AdapterKeys.mora,
    ]

    private static func kind(
        _ type: String, _ reader: inout KeyReader, _ file: JSONObjectFile,
        _ problems: inout [String]
    ) -> Kind {
        switch type {
        case "LORA": return lora(&reader, file, &problems)
        case "MORA":
            let name = reader.required("mora_operator", .text)
            if let known = name.flatMap(MoRAOperator.init) { return .mora(known) }
            problems += name.map { ["mora_operator is \($0)"] } ?? []
            return .mora(.sharing)
        default: return .vera
        }
    }

    private static func lora(
        _ reader: inout KeyReader, _ file: JSONObjectFile, _ problems: inout [String]
    ) -> Kind {
        let common = reader.required("lora_alpha", .number) ?? 1
        let alpha = ModuleValue(common, by: "alpha_pattern", in: file, .number, &problems)
        problems += alpha.all.filter { !$0.isFinite }.map {
            "lora_alpha or one of alpha_pattern is \($0)"
        }
        let isStabilised = reader.optional("use_rslora", .flag) ?? false
        let isDoRA = reader.optional("use_dora", .flag) ?? false
        return .lora(alpha: alpha, isStabilised ? .rslora : .lora, isDoRA: isDoRA)
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
