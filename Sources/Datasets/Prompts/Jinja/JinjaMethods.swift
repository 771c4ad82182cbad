/// The methods of texts and mappings, by their names in Python.
enum JinjaMethods {
    typealias OfText =
        @Sendable (JinjaText, JinjaArguments) throws(JinjaError) -> JinjaValue
    typealias OfMapping =
        @Sendable (JinjaMapping, JinjaArguments) throws(JinjaError) -> JinjaValue

    static let ofTexts: [String: OfText] = [
        "strip": { (text, given) throws(JinjaError) in try trimmed(text, given) },
        "lstrip": { (text, given) throws(JinjaError) in try trimmed(text, given, end: false) },
        "rstrip": { (text, given) throws(JinjaError) in try trimmed(text, given, start: false) },
        "split": { (text, given) throws(JinjaError) in try split(text, given) },
        "rsplit": { (text, given) throws(JinjaError) in try split(text, given, fromEnd: true) },
        "splitlines": { (text, given) throws(JinjaError) in
            try given.expectNone()
            return .list(text.lines().map { .text($0) })
        },
        "startswith": { (text, given) throws(JinjaError) in
            try anyText(given) { text.hasPrefix($0) }
        },
        "endswith": { (text, given) throws(JinjaError) in
            try anyText(given) { text.hasSuffix($0) }
        },
        "replace": { (text, given) throws(JinjaError) in try replaced(text, given) },
        "upper": { (text, given) throws(JinjaError) in .text(text.uppercased()) },
        "lower": { (text, given) throws(JinjaError) in .text(text.lowercased()) },
        "title": { (text, given) throws(JinjaError) in .text(text.titled()) },
        "capitalize": { (text, given) throws(JinjaError) in .text(text.capitalized()) },
        "find": { (text, given) throws(JinjaError) in
            .integer(text.position(of: try needed(given.text("sub")), from: 0) ?? -1)
        },
        "join": { (text, given) throws(JinjaError) in
            .text(try joined(try needed(given.value("iterable")).asItems(), by: text))
        },
        "removeprefix": { (text, given) throws(JinjaError) in
            let cut = try needed(given.text("prefix"))
            return .text(text.hasPrefix(cut) ? JinjaText(text.letters.dropFirst(cut.count)) : text)
        },
        "removesuffix": { (text, given) throws(JinjaError) in
            let cut = try needed(given.text("suffix"))
            return .text(text.hasSuffix(cut) ? JinjaText(text.letters.dropLast(cut.count)) : text)
        },
    ]

    static let ofMappings: [String: OfMapping] = [
        "get": { (mapping, given) throws(JinjaError) in
            let values = try given.values("key", "default")
            return mapping[try needed(values[0]).asText()] ?? values[1] ?? .none
        },
        "keys": { (mapping, _) in .list(mapping.entries.map { .text($0.key) }) },
        "values": { (mapping, _) in .list(mapping.entries.map(\.value)) },
        "items": { (mapping, _) in pairs(mapping) },
    ]

    /// A value that has to be given.
    static func needed<Value>(_ value: Value?) throws(JinjaError) -> Value {
        guard let value else { throw JinjaError("an argument is missing") }
        return value
    }

    /// The keys with their values.
    static func pairs(_ mapping: JinjaMapping) -> JinjaValue {
        .list(mapping.entries.map { .list([.text($0.key), $0.value]) })
    }

    static func joined(
        _ items: [JinjaValue], by separator: JinjaText
    ) throws(JinjaError) -> JinjaText {
        var texts: [[JinjaText.Letter]] = []
        for item in items { texts.append(try item.printed().letters) }
        return JinjaText(texts.joined(separator: separator.letters))
    }

    private static func trimmed(
        _ text: JinjaText, _ given: JinjaArguments, start: Bool = true, end: Bool = true
    ) throws(JinjaError) -> JinjaValue {
        guard let value = try given.value("chars"), case .text(let characters) = value else {
            return .text(text.trimmed(start: start, end: end))
        }
        let cut = Set(characters.letters.map(\.scalar))
        return .text(text.trimmed(start: start, end: end) { cut.contains($0) })
    }

    private static func split(
        _ text: JinjaText, _ given: JinjaArguments, fromEnd: Bool = false
    ) throws(JinjaError) -> JinjaValue {
        let values = try given.values("sep", "maxsplit")
        let most = values[1]?.asInteger ?? -1
        guard case .text(let separator)? = values[0] else {
            guard most < 0 else { throw JinjaError("split() with maxsplit needs a separator") }
            return .list(text.words().map { .text($0) })
        }
        guard separator.count > 0 else { throw JinjaError("split() has an empty separator") }
        let limit = most < 0 ? Int.max : most
        let parts =
            fromEnd
            ? text.splitFromEnd(by: separator, most: limit) : text.split(by: separator, most: limit)
        return .list(parts.map { .text($0) })
    }

    static func replaced(
        _ text: JinjaText, _ given: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        let values = try given.values("old", "new", "count")
        let (old, new) = (try needed(values[0]).asText(), try needed(values[1]).asText())
        guard old.count > 0 else { throw JinjaError("replace() has an empty text to replace") }
        let most = values[2]?.asInteger ?? -1
        return .text(text.replacing(old, with: new, most: most < 0 ? .max : most))
    }

    /// Whether a condition holds for the one text, or any text of the list, that is given.
    private static func anyText(
        _ given: JinjaArguments, _ holds: (JinjaText) -> Bool
    ) throws(JinjaError) -> JinjaValue {
        let value = try needed(given.value("prefix"))
        guard case .list(let items) = value else { return .boolean(holds(try value.asText())) }
        for item in items where holds(try item.asText()) { return .boolean(true) }
        return .boolean(false)
    }
}
