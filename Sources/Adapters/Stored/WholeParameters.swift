internal import Models
internal import Tensors

/// The parameters that a file has in the place of the base's, beside an adapter: all those of the
/// modules that `modules_to_save` names, and tables of tokens also where it does not name them.
struct WholeParameters {
    /// Those that the file has, in the order of the forward pass.
    private(set) var stored: [ParameterDeclaration] = []
    /// Whether the head of a model with one table for both becomes a parameter of its own.
    private var unties = false

    /// Finds them; `problems` gets a sentence for every module that is named and lacks something.
    init(
        of adapter: StoredAdapter, in file: SafetensorsFile,
        on configuration: ModelConfiguration, _ problems: inout [String]
    ) throws {
        let head = configuration.tiesEmbeddings ? [configuration.declaration(.head)] : []
        let candidates = configuration.parameters + head
        var named: Set<String> = []
        for text in adapter.wholeModules {
            let meant = candidates.filter { $0.isWithin(moduleEndingIn: text) }
            named.formUnion(meant.map(\.name))
            problems += Self.problem(with: meant, named: text, in: file).map { [$0] } ?? []
        }
        stored = candidates.filter {
            (named.contains($0.name) || $0.layer == nil && !$0.isNorm)
                && AdapterTensor(whole: $0).storedName(in: file) != nil
        }
        if configuration.tiesEmbeddings {
            try untie(adapter, in: file, on: configuration, named, &problems)
        }
    }

    private static func problem(
        with parameters: [ParameterDeclaration], named text: String, in file: SafetensorsFile
    ) -> String? {
        let missing = parameters.filter { AdapterTensor(whole: $0).storedName(in: file) == nil }
        guard let first = missing.first else {
            return parameters.isEmpty
                ? "modules_to_save names \(text), which is no module of the model" : nil
        }
        let others = missing.count > 1 ? " and \(missing.count - 1) more are" : " is"
        return "modules_to_save names \(text), but \(first.name)\(others) missing from the weights"
    }

    /// PEFT copies a table that it stores whole, so that it leaves the one it was tied to alone; what it
    /// stores without a name is the table of both.
    private mutating func untie(
        _ adapter: StoredAdapter, in file: SafetensorsFile, on configuration: ModelConfiguration,
        _ named: Set<String>, _ problems: inout [String]
    ) throws {
        let tables = stored.filter { $0.layer == nil && !$0.isNorm }
        let names = VocabularyTable.allCases.map { configuration.declaration($0).name }
            .joined(separator: " and ")
        if adapter.tiesTables, tables.count == 1 {
            problems.append("ensure_weight_tying is true, but of \(names) only one is stored")
        }
        let values = try tables.map { table in
            try file.readFloats(AdapterTensor(whole: table).storedName(in: file) ?? table.name)
        }
        let isSame = tables.count == 2 && values.allSatisfy { $0 == values.first }
        unties = !isSame && tables.contains { named.contains($0.name) }
        if tables.count == 2, !isSame, !unties {
            problems.append(
                "\(names) differ, but the base ties them; modules_to_save names neither")
        }
    }

    /// A base with parameters of its own for what is stored, and what is to be read into them.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    func model(on base: Transformer) throws -> (model: Transformer, tensors: [StoredTensor]) {
        guard !stored.isEmpty else { return (base, []) }
        let base = unties ? try base.untied() : base
        let model = try base.sharingParameters(copying: stored.map { base.parameter($0) })
        let tensors = stored.map {
            StoredTensor(model.parameter($0), whole: $0)
        }
        return (model, tensors)
    }
}

extension ParameterDeclaration {
    /// Whether it is in a module whose name ends in a text, or in one within, as PEFT finds the modules
    /// that it stores whole.
    fileprivate func isWithin(moduleEndingIn text: String) -> Bool {
        [module, storedModule].contains { module in
            let parts = module.split(separator: ".")
            return parts.indices.contains { parts[...$0].joined(separator: ".").hasSuffix(text) }
        }
    }

    fileprivate var isNorm: Bool {
        switch role {
        case .norm, .normBias: true
        case .embedding, .head, .weight, .bias: false
        }
    }
}

extension Transformer {
    /// A declared parameter; of a head without one, the table that it is tied to.
    fileprivate func parameter(_ declaration: ParameterDeclaration) -> Parameter {
        parameters { $0.name == declaration.name }.first ?? head
    }
}
