/// The filters of templates, by their names in Jinja.
enum JinjaFilters {
    typealias Filter =
        @Sendable (inout JinjaRenderer, JinjaValue, JinjaArguments) throws(JinjaError) -> JinjaValue

    static let all: [String: Filter] = texts.merging(values) { first, _ in first }
        .merging(lists) { first, _ in first }

    private static let texts: [String: Filter] = [
        "trim": { (_, value, given) throws(JinjaError) in
            let cut = try given.text("chars").map { Set($0.letters.map(\.scalar)) }
            let text = try value.printed()
            return .text(cut.map { cut in text.trimmed { cut.contains($0) } } ?? text.trimmed())
        },
        "upper": { (_, value, _) throws(JinjaError) in .text(try value.printed().uppercased()) },
        "lower": { (_, value, _) throws(JinjaError) in .text(try value.printed().lowercased()) },
        "title": { (_, value, _) throws(JinjaError) in .text(try value.printed().titled()) },
        "capitalize": { (_, value, _) throws(JinjaError) in
            .text(try value.printed().capitalized())
        },
        "replace": { (_, value, given) throws(JinjaError) in
            try JinjaMethods.replaced(try value.printed(), given)
        },
        "string": { (_, value, _) throws(JinjaError) in .text(try value.printed()) },
        "safe": { (_, value, _) throws(JinjaError) in .text(try value.printed()) },
    ]

    private static let values: [String: Filter] = [
        "default": { (_, value, given) throws(JinjaError) in try fallback(value, given) },
        "d": { (_, value, given) throws(JinjaError) in try fallback(value, given) },
        "length": { (_, value, _) throws(JinjaError) in try length(value) },
        "count": { (_, value, _) throws(JinjaError) in try length(value) },
        "abs": { (_, value, _) throws(JinjaError) in
            (value.asNumber ?? 0) < 0 ? try JinjaOperators.negative(value) : value
        },
        "int": { (_, value, given) throws(JinjaError) in try integer(value, given) },
        "tojson": { (_, value, given) throws(JinjaError) in
            try given.expectNone()
            return .text(try JinjaJSON.text(of: value))
        },
    ]

    private static func fallback(
        _ value: JinjaValue, _ given: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        let values = try given.values("default_value", "boolean")
        let isMissing = values[1]?.isTrue == true ? !value.isTrue : !value.isDefined
        return isMissing ? values[0] ?? .text("") : value
    }

    private static func length(_ value: JinjaValue) throws(JinjaError) -> JinjaValue {
        switch value {
        case .text(let text): .integer(text.count)
        default: .integer(try value.asItems().count)
        }
    }

    private static func integer(
        _ value: JinjaValue, _ given: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        if let integer = value.asInteger { return .integer(integer) }
        if let number = value.asNumber, let integer = Int(exactly: number.rounded(.towardZero)) {
            return .integer(integer)
        }
        if case .text(let text) = value, let integer = Int(text.trimmed().string) {
            return .integer(integer)
        }
        return try given.value("default") ?? .integer(0)
    }
}

extension JinjaRenderer {
    /// What a filter makes of a value.
    mutating func filtered(
        _ value: JinjaValue, by name: String, _ arguments: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        guard let filter = JinjaFilters.all[name] else {
            throw JinjaError("the filter '\(name)' is not known")
        }
        try spend(on: value, arguments)
        let result = try filter(&self, value, arguments)
        try spend(result.size)
        return result
    }
}
