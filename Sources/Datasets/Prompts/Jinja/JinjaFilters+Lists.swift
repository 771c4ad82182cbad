/// The filters of lists.
extension JinjaFilters {
    static let lists: [String: Filter] = [
        "list": { (_, value, _) throws(JinjaError) in .list(try value.asItems()) },
        "first": { (_, value, _) throws(JinjaError) in
            try value.asItems().first ?? .undefined("the first item")
        },
        "last": { (_, value, _) throws(JinjaError) in
            try value.asItems().last ?? .undefined("the last item")
        },
        "reverse": { (_, value, _) throws(JinjaError) in
            if case .text(let text) = value { return .text(JinjaText(text.letters.reversed())) }
            return .list(try value.asItems().reversed())
        },
        "unique": { (renderer, value, _) throws(JinjaError) in
            var kept: [JinjaValue] = []
            for item in try value.asItems() {
                try renderer.spend(kept.count)
                if !kept.contains(item) { kept.append(item) }
            }
            return .list(kept)
        },
        "items": { (_, value, _) throws(JinjaError) in
            guard case .mapping(let mapping) = value else {
                throw JinjaError("the filter 'items' needs a mapping, not \(value.kind)")
            }
            return JinjaMethods.pairs(mapping)
        },
        "join": { (renderer, value, given) throws(JinjaError) in
            let values = try given.values("d", "attribute")
            let items = try renderer.mapped(value.asItems(), to: values[1])
            return .text(
                try JinjaMethods.joined(items, by: values[0]?.printed() ?? JinjaText("")))
        },
        "map": { (renderer, value, given) throws(JinjaError) in
            try renderer.mapped(value, given)
        },
        "select": { (renderer, value, given) throws(JinjaError) in
            try renderer.selected(value, given, byAttribute: false, keeps: true)
        },
        "reject": { (renderer, value, given) throws(JinjaError) in
            try renderer.selected(value, given, byAttribute: false, keeps: false)
        },
        "selectattr": { (renderer, value, given) throws(JinjaError) in
            try renderer.selected(value, given, byAttribute: true, keeps: true)
        },
        "rejectattr": { (renderer, value, given) throws(JinjaError) in
            try renderer.selected(value, given, byAttribute: true, keeps: false)
        },
    ]
}

extension JinjaRenderer {
    /// The attribute of every item, if one is named.
    fileprivate func mapped(
        _ items: [JinjaValue], to attribute: JinjaValue?
    ) throws(JinjaError) -> [JinjaValue] {
        guard let attribute else { return items }
        let path = try attribute.asText()
        var values: [JinjaValue] = []
        for item in items { values.append(try Self.attribute(path, of: item)) }
        return values
    }

    private static func attribute(
        _ path: JinjaText, of item: JinjaValue
    ) throws(JinjaError) -> JinjaValue {
        var value = item
        for name in path.split(by: JinjaText(".")) {
            value = try JinjaAccess.item(.text(name), of: value)
        }
        return value
    }

    /// What a filter, or an attribute, makes of every item.
    fileprivate mutating func mapped(
        _ value: JinjaValue, _ given: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        let items = try value.asItems()
        if let named = given.named.first(where: { $0.name == "attribute" }) {
            return .list(try mapped(items, to: named.value))
        }
        let name = try JinjaMethods.needed(given.positional.first).asText().string
        let rest = JinjaArguments(
            positional: Array(given.positional.dropFirst()), named: given.named)
        var values: [JinjaValue] = []
        for item in items { values.append(try filtered(item, by: name, rest)) }
        return .list(values)
    }

    /// The items of which a test says what is wanted; without one, those that count as true.
    fileprivate mutating func selected(
        _ value: JinjaValue, _ given: JinjaArguments, byAttribute: Bool, keeps: Bool
    ) throws(JinjaError) -> JinjaValue {
        var rest = given.positional[...]
        let path = byAttribute ? try JinjaMethods.needed(rest.popFirst()).asText() : nil
        let test = try rest.popFirst()?.asText().string
        var kept: [JinjaValue] = []
        for item in try value.asItems() {
            var tested = item
            if let path { tested = try Self.attribute(path, of: item) }
            var holds = tested.isTrue
            if let test {
                holds = try self.tested(
                    tested, by: test, JinjaArguments(positional: Array(rest)))
            }
            if holds == keeps { kept.append(item) }
        }
        return .list(kept)
    }
}
