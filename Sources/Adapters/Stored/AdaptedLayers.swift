internal import Models

/// The layers that `layers_to_transform` leaves of the modules that are named.
///
/// Source: PEFT 0.21.2, `check_target_module_exists`.
struct AdaptedLayers {
    private let layers: Set<Int>
    /// What finds the number of a module's layer; the first that fits does.
    private let lists: [ModuleExpression]

    /// - Returns: Nil if all layers are meant.
    init?(_ values: [String: FileValue], _ problems: inout [String]) {
        let key = AdapterKeys.layers
        guard let value = values[key], !value.isUnset else { return nil }
        layers = Set(value.int.map { [$0] } ?? value.ints ?? [])
        if layers.isEmpty {
            problems.append("\(key) is \(value), neither a layer nor a list of them")
        }
        let names = values["layers_pattern"] ?? .null
        let texts = names.string.map { $0.isEmpty ? [] : [$0] } ?? names.strings ?? []
        // Without names, any list is one of layers.
        lists = (texts.isEmpty ? ["[^.]*"] : texts).prefix(Self.mostLists)
            .compactMap { ModuleExpression(list: $0) }
        let isOdd = names.string == nil && names.strings == nil && !names.isUnset
        if isOdd || lists.count < texts.count {
            problems.append(
                "layers_pattern is \(names), neither names nor a few expressions that are known")
        }
    }

    /// Models have one list of layers.
    private static let mostLists = 32

    func contains(_ module: String) throws(ModuleExpression.Endless) -> Bool {
        for list in lists {
            if let layer = try list.layer(of: module) { return layers.contains(layer) }
        }
        return false
    }
}
