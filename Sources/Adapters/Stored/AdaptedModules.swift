internal import Models

/// The modules that an adapter's configuration gives an adapter, as PEFT finds them in a model.
///
/// Source: PEFT 0.21.2, `check_target_module_exists` and `_maybe_include_all_linear_layers`.
struct AdaptedModules {
    private enum Rule {
        /// Those that `target_modules` names.
        case named(ModuleNames)
        /// All linear layers but the head.
        case allLinear
        /// Those that the file has tensors of.
        case stored
    }

    private var rule = Rule.stored
    private var excluded: ModuleNames?
    /// Those that are stored whole, with all within them.
    private var whole: [ModuleExpression] = []
    private var layers: AdaptedLayers?

    /// All that the file has tensors of.
    init() {}

    /// - Parameters:
    ///   - values: The keys of the file.
    ///   - names: The names of modules that are stored whole.
    ///   - problems: Gets a sentence for everything that is wrong with the keys.
    init(_ values: [String: FileValue], whole names: [String], _ problems: inout [String]) {
        whole = names.compactMap { ModuleExpression(within: $0) }
        layers = AdaptedLayers(values, &problems)
        if let value = values["exclude_modules"], !value.isUnset, value != .string("") {
            excluded = ModuleNames(value, of: "exclude_modules", &problems)
        }
        let (key, layersKey) = (AdapterKeys.targets, AdapterKeys.layers)
        guard let value = values[key], !value.isUnset else { return }
        rule =
            value.string?.lowercased() == "all-linear"
            ? .allLinear : .named(ModuleNames(value, of: key, &problems))
        if value.string != nil, layers != nil {
            problems.append(
                "\(layersKey) is \(values[layersKey] ?? .null), which PEFT takes only with a list of "
                    + key)
        }
    }

    /// The places with an adapter.
    ///
    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - problems: Gets a sentence for all that is named and takes no adapter.
    ///   - isStored: Whether the file has tensors of a place.
    /// - Returns: The places, in the order of the forward pass.
    /// - Throws: An expression that takes too long.
    func places(
        of configuration: ModelConfiguration, _ problems: inout [String],
        isStored: (AdapterPlace) -> Bool
    ) throws(ModuleExpression.Endless) -> [AdapterPlace] {
        var places: [AdapterPlace] = []
        for place in configuration.adapterPlaces {
            let unnamed = isAllLinear || isStored(place)
            if try contains(place.module, unnamed: unnamed) { places.append(place) }
        }
        for table in VocabularyTable.allCases {
            let declaration = configuration.declaration(table)
            var isNamed = try contains(declaration.module, unnamed: false)
            if !isNamed { isNamed = try contains(declaration.storedModule, unnamed: false) }
            guard isNamed else { continue }
            problems.append(
                "\(AdapterKeys.targets) names \(configuration.name(of: table)), which takes no adapter here"
            )
        }
        if places.isEmpty, problems.isEmpty {
            problems.append("\(AdapterKeys.targets) names no module of the model")
        }
        return places
    }

    /// Whether a module has an adapter; `unnamed` says it where the configuration names none.
    private func contains(
        _ module: String, unnamed: Bool
    ) throws(ModuleExpression.Endless) -> Bool {
        if let excluded, try excluded.contains(module) { return false }
        for expression in whole where try expression.matches(module) { return false }
        guard case .named(let names) = rule else { return unnamed }
        guard try names.contains(module) else { return false }
        return try layers?.contains(module) ?? true
    }

    private var isAllLinear: Bool { if case .allLinear = rule { true } else { false } }
}
