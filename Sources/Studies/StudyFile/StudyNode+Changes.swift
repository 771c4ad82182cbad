internal import Settings

extension StudyFile {
    /// What one study's text says otherwise than another's, a sentence each.
    ///
    /// Where its files lie is no part of it, for what is in them is what counts; nor is the memory that
    /// the process may take, and what is asked in words.
    package static func changes(from old: String, to new: String) throws -> [String] {
        try SettingsYAML.read(new).changes(since: SettingsYAML.read(old))
    }
}

extension SettingsNode {
    /// Keys on whose values no number of a run depends.
    private static let indifferent: Set = [
        "question", "base", "source.text", "source.data", "target.data", "memory", "added_seeds",
    ]

    /// Keys below which files are named; which of their rows count makes a difference.
    private static let files = ["target.train", "target.evaluation"]

    /// Whether no number of what was there depends on a key.
    private static func isIndifferent(_ path: String) -> Bool {
        indifferent.contains(path) || path.hasSuffix(".added_learning_rates")
            || files.contains { path.hasPrefix($0) && !path.contains(".rows.") }
    }

    fileprivate func changes(since old: SettingsNode) -> [String] {
        let (before, now) = (old.leaves, leaves)
        let arms = (Set(old.armNames), Set(armNames))
        let isOfOneArm = { (path: String) in
            arms.0.symmetricDifference(arms.1).contains { path.hasPrefix("arms.\($0).") }
        }
        let values = Set(before.keys).union(now.keys).sorted()
            .filter {
                !Self.isIndifferent($0) && !isOfOneArm($0) && !Self.isSame(before[$0], now[$0])
            }
        return arms.0.subtracting(arms.1).sorted().map { "arm \($0) was there and is gone" }
            + arms.1.subtracting(arms.0).sorted().map { "arm \($0) is new" }
            + values.map { path in
                "\(path) was \(before[path] ?? "not set"), is \(now[path] ?? "not set")"
            }
    }

    private static func isSame(_ old: String?, _ new: String?) -> Bool {
        if old == new { return true }
        guard let old = old.flatMap(Double.init), let new = new.flatMap(Double.init) else {
            return false
        }
        return old == new
    }

    private var armNames: [String] {
        (value(of: "arms")?.items ?? []).compactMap { $0.value(of: "name")?.text }
    }

    /// The text of every value, by the path of its key; a list of values is one, and groups of keys in
    /// a list go by their names.
    private var leaves: [String: String] {
        var found: [String: String] = [:]
        collectLeaves("", into: &found)
        return found
    }

    private func collectLeaves(_ path: String, into found: inout [String: String]) {
        let below = { (key: String) in path.isEmpty ? key : "\(path).\(key)" }
        switch content {
        case .null: found[path] = "empty"
        case .scalar(let text): found[path] = text
        case .mapping(let entries):
            for entry in entries { entry.value.collectLeaves(below(entry.key), into: &found) }
        case .sequence(let items):
            if items.allSatisfy({ $0.text != nil }) {
                found[path] = "[" + items.compactMap(\.text).joined(separator: ", ") + "]"
            } else {
                for (index, item) in items.enumerated() {
                    let name = item.value(of: "name")?.text ?? "\(index)"
                    item.collectLeaves(below(name), into: &found)
                }
            }
        }
    }
}
