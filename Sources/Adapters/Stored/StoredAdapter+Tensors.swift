internal import Models

/// What the configuration says, beside what the tensors are.
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
            configuration.projections.filter { projection in
                let path = configuration.path(of: projection)
                return file.tensorNames.contains { $0.contains(".\(path).") }
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
        ofTables stored: [VocabularyTable], on configuration: ModelConfiguration
    ) -> [String] {
        let tables = VocabularyTable.allCases.map { configuration.name(of: $0) }
            .joined(separator: " and ")
        var problems: [String] = []
        for name in wholeModules {
            guard let table = configuration.table(named: name) else {
                problems.append("modules_to_save names \(name); only \(tables) are supported")
                continue
            }
            if !stored.contains(table) {
                problems.append("modules_to_save names \(name), which is missing from the weights")
            }
        }
        if tiesTables, configuration.tiesEmbeddings, stored.count == 1 {
            problems.append(
                "ensure_weight_tying is true, but of \(tables) only one is stored")
        }
        return problems
    }
}
