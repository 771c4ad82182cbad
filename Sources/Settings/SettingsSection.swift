/// Reads the keys of one group of a file of settings and reports what is wrong with them.
///
/// Every reader gives some value back, so that reading goes on after a problem; the values count
/// only if the report stays empty.
package final class SettingsSection {
    package let path: String
    package let report: SettingsReport
    private let node: SettingsNode
    private var known: Set<String> = []

    package init(_ node: SettingsNode, path: String, report: SettingsReport) {
        self.node = node
        self.path = path
        self.report = report
        switch node.content {
        case .mapping, .null: break
        default:
            report.add("is \(node.kind), not keys with values", path: path, origin: node.origin)
        }
    }

    // MARK: - Problems

    /// The path of a key of this group from the root of the file.
    package func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Where a key was written; of an absent one, where its group was.
    package func origin(of key: String) -> SettingsOrigin? {
        node.entries?.first { $0.key == key }?.origin ?? node.origin
    }

    /// Reports a problem of a key, at the line of the key or else of the group.
    package func problem(_ key: String, _ text: String) {
        report.add(text, path: path(of: key), origin: origin(of: key))
    }

    /// Reports every key that nobody asked for.
    package func finish() {
        for entry in node.entries ?? [] where !known.contains(entry.key) {
            let hint = nearest(to: entry.key, among: known).map { "did you mean `\($0)`?" }
            let all = "known here: " + known.sorted().joined(separator: ", ")
            problem(entry.key, "unknown key; \(hint ?? all)")
        }
    }

    // MARK: - Values

    /// The value of a key; nil if it is absent or null.
    package func value(_ key: String) -> SettingsNode? {
        known.insert(key)
        guard let value = node.value(of: key), value.content != .null else { return nil }
        return value
    }

    /// The text of a key; nil where it is absent or wrong.
    package func optionalText(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else {
            problem(key, "is \(value.kind), not a text; write a single word or path")
            return nil
        }
        if text.isEmpty {
            problem(key, "is empty; write something or leave the key out")
            return nil
        }
        return text
    }

    /// The text of a key that must be there; `hint` says what to write if it is missing.
    package func text(_ key: String, hint: String) -> String {
        if value(key) == nil { problem(key, "missing; \(hint)") }
        return optionalText(key) ?? ""
    }

    /// The text of a key, which may be empty.
    package func text(_ key: String, default fallback: String) -> String {
        guard let value = value(key) else { return fallback }
        if let text = value.text { return text }
        problem(key, "is \(value.kind), not a text")
        return fallback
    }

    /// A list of texts; a single text counts as a list of one.
    package func texts(_ key: String, default fallback: [String]) -> [String] {
        guard let value = value(key) else { return fallback }
        if let text = value.text { return [text] }
        guard let items = value.items else {
            problem(key, "is \(value.kind), not a list; write [a, b]")
            return fallback
        }
        return items.compactMap { item in
            if item.text == nil {
                report.add(
                    "holds \(item.kind), not a text", path: path(of: key), origin: item.origin)
            }
            return item.text
        }
    }

    /// A whole number in `range`; without a fallback the key must be there.
    package func integer(
        _ key: String, default fallback: Int? = nil, in range: ClosedRange<Int>
    ) -> Int {
        guard let value = value(key) else {
            if fallback == nil { problem(key, "missing; write a whole number") }
            return fallback ?? range.lowerBound
        }
        return Self.integer(value, in: range) { self.problem(key, $0) } ?? range.lowerBound
    }

    /// A whole number in `range`; nil where the key is absent.
    package func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
        value(key) == nil ? nil : integer(key, in: range)
    }

    /// A list of whole numbers in `range`; a single one counts as a list of one.
    package func integers(_ key: String, default fallback: [Int], in range: ClosedRange<Int>)
        -> [Int]
    {
        guard let value = value(key) else { return fallback }
        let items = value.items ?? [value]
        return items.compactMap { item in
            Self.integer(item, in: range) { text in
                self.report.add(text, path: self.path(of: key), origin: item.origin)
            }
        }
    }

    /// The whole number that a value is; nil, with `problem` told, where it is none in `range`.
    package static func integer(
        _ value: SettingsNode, in range: ClosedRange<Int>, _ problem: (String) -> Void
    ) -> Int? {
        guard let number = value.text.flatMap({ Int($0) }) else {
            let isLarge = value.text?.allSatisfy { "0"..."9" ~= $0 } == true && value.text != ""
            problem(
                "is \(value.kind)"
                    + (isLarge ? "; must be at most \(range.upperBound)" : ", not a whole number"))
            return nil
        }
        guard range.contains(number) else {
            let isLow = number < range.lowerBound
            problem(
                "is \(number); must be at "
                    + (isLow ? "least \(range.lowerBound)" : "most \(range.upperBound)"))
            return nil
        }
        return number
    }

    /// A number in `range`; without a fallback the key must be there.
    package func number(_ key: String, default fallback: Double? = nil, _ range: NumberRange)
        -> Double
    {
        guard let value = value(key) else {
            if fallback == nil { problem(key, "missing; write a number \(range.words)") }
            return fallback ?? 1
        }
        return number(value, key: key, range) ?? 1
    }

    /// The number that a value of `key` is; nil, with the problem told, where it is none in `range`.
    package func number(_ value: SettingsNode, key: String, _ range: NumberRange) -> Double? {
        Self.number(value, range) { self.problem(key, $0) }
    }

    /// The number that a value is; nil, with `problem` told, where it is none in `range`.
    package static func number(
        _ value: SettingsNode, _ range: NumberRange, _ problem: (String) -> Void
    ) -> Double? {
        guard let number = value.text.flatMap({ Double($0) }), number.isFinite else {
            problem("is \(value.kind), not a number")
            return nil
        }
        guard range.contains(number) else {
            problem("is \(value.text ?? ""); must be \(range.words)")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    package func flag(_ key: String, default fallback: Bool) -> Bool {
        guard let value = value(key) else { return fallback }
        if let flag = value.text.flatMap({ Bool($0) }) { return flag }
        problem(key, "is \(value.kind); use true or false")
        return fallback
    }

    /// One of the words that a type has.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        guard let text = optionalText(key) else { return fallback }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let hint = nearest(to: text, among: names).map { "; did you mean `\($0)`?" } ?? ""
        problem(key, "is `\(text)`; use \(names.joined(separator: " or "))\(hint)")
        return fallback
    }

    // MARK: - Groups

    /// The group under a key; an absent one is a group without keys.
    package func section(_ key: String) -> SettingsSection {
        let below = value(key) ?? SettingsNode(content: .null, origin: origin(of: key))
        var placed = below
        placed.origin = origin(of: key) ?? below.origin
        return SettingsSection(placed, path: path(of: key), report: report)
    }

    /// The elements of the list under a key, a single value counts as a list of one, each with its path;
    /// none where the key is absent.
    package func elements(_ key: String) -> [(node: SettingsNode, path: String)] {
        guard let value = value(key) else { return [] }
        return (value.items ?? [value]).enumerated().map { index, item in
            (item, "\(path(of: key))[\(index)]")
        }
    }

    /// The groups of the list under a key.
    package func sections(_ key: String) -> [SettingsSection] {
        guard let value = value(key) else { return [] }
        guard let items = value.items else {
            problem(key, "is \(value.kind), not a list; start each entry with `- `")
            return []
        }
        return items.enumerated().map { index, item in
            SettingsSection(item, path: "\(path(of: key))[\(index)]", report: report)
        }
    }
}

/// Which numbers a key takes.
package enum NumberRange {
    case positive, notNegative
    /// From 0 up to, but without, 1.
    case fraction

    package var words: String {
        switch self {
        case .positive: "above 0"
        case .notNegative: "0 or more"
        case .fraction: "at least 0 and below 1"
        }
    }

    /// Whether a number is in the range.
    package func contains(_ number: Double) -> Bool {
        switch self {
        case .positive: number > 0
        case .notNegative: number >= 0
        case .fraction: number >= 0 && number < 1
        }
    }
}
