internal import Foundation
import Yams

/// Reads YAML as far as files of settings use it: words as keys, lists, values, and anchors with their aliases.
///
/// Merge keys (`<<`), types of an application's own (`!name`), other keys than words and further
/// documents are refused by name.
package struct SettingsYAML {
    /// One thing that is wrong, or not read.
    package struct Problem: Sendable {
        /// Counted from 1; nil where the text as a whole is meant.
        package var line: Int?
        /// The key it is about; empty for the text as a whole.
        package var path = ""
        package var text: String
    }

    /// All that is wrong.
    package struct Problems: Error {
        package var list: [Problem]
    }

    private let option: SettingsOrigin?
    private var problems: [Problem] = []
    /// Aliases can make a short text stand for a huge tree.
    private var budget = 10_000

    /// Aliases within aliases multiply: so few stand for little enough whatever they are put into.
    private static let aliasLimit = 40

    /// Reads a text; with an option given, that is the origin of everything in it.
    ///
    /// - Throws: `Problems`.
    package static func read(_ text: String, option: String? = nil) throws(Problems) -> SettingsNode
    {
        guard let root = try compose(text) else { return SettingsNode(content: .null, origin: nil) }
        var reader = SettingsYAML(option: option.map { .option($0) })
        let node = reader.node(root, path: "")
        guard reader.problems.isEmpty else { throw Problems(list: reader.problems) }
        return node
    }

    private init(option: SettingsOrigin?) { self.option = option }

    private static func compose(_ text: String) throws(Problems) -> Node? {
        let aliases = text.matches(of: /(?:^|[\s,\[{:?\-])\*[\w\-]/).count
        guard aliases <= aliasLimit else {
            let message = "holds \(aliases) aliases (`*name`); write out all but \(aliasLimit)"
            throw Problems(list: [Problem(text: message)])
        }
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw Problems(list: [Problem(error, in: text)])
        }
    }

    private mutating func node(_ node: Node, path: String) -> SettingsNode {
        let origin = option ?? node.mark.map { .line($0.line) }
        budget -= 1
        guard budget >= 0 else {
            if budget == -1 { report("stands for too many values; use fewer aliases", node, "") }
            return SettingsNode(content: .null, origin: origin)
        }
        checkTag(of: node, path: path)
        return SettingsNode(content: content(of: node, path: path), origin: origin)
    }

    private mutating func content(of node: Node, path: String) -> SettingsNode.Content {
        switch node {
        case .scalar(let scalar): return node.null == nil ? .scalar(scalar.string) : .null
        case .sequence(let sequence):
            var items: [SettingsNode] = []
            for (index, item) in sequence.enumerated() where budget >= 0 {
                items.append(self.node(item, path: "\(path)[\(index)]"))
            }
            return .sequence(items)
        case .mapping(let mapping):
            var entries: [SettingsNode.Entry] = []
            for (key, value) in mapping where budget >= 0 {
                if let entry = entry(key, value, path: path) { entries.append(entry) }
            }
            return .mapping(entries)
        case .alias: return .null
        }
    }

    private mutating func entry(_ key: Node, _ value: Node, path: String) -> SettingsNode.Entry? {
        guard let name = key.scalar?.string, !name.isEmpty else {
            let kind = key.scalar != nil ? "nothing" : key.sequence != nil ? "a list" : "a group"
            report("has \(kind) as a key; keys are words", key, path)
            return nil
        }
        let below = path.isEmpty ? name : "\(path).\(name)"
        checkTag(of: key, path: below)
        if name == "<<", key.scalar?.style == .plain {
            report("is a merge key, which is not read; write the keys out", key, below)
        }
        return SettingsNode.Entry(
            key: name, origin: option ?? key.mark.map { .line($0.line) },
            value: node(value, path: below))
    }

    private static let ownTags = "tag:yaml.org,2002:"
    /// The kinds of values that YAML itself finds; without a name where the text gives none.
    private static let kinds: Set<String> = [
        "", "!", "str", "int", "float", "bool", "null", "seq", "map", "merge", "value", "timestamp",
    ]

    private mutating func checkTag(of node: Node, path: String) {
        let tag = node.tag.description
        let kind = tag.hasPrefix(Self.ownTags) ? String(tag.dropFirst(Self.ownTags.count)) : tag
        guard !Self.kinds.contains(kind) else { return }
        let name = kind == tag ? tag : "!!" + kind
        report("has the type `\(name)`, which is not read; drop it", node, path)
    }

    private mutating func report(_ text: String, _ node: Node, _ path: String) {
        problems.append(Problem(line: node.mark?.line, path: path, text: text))
    }
}

extension SettingsYAML.Problem {
    /// What the parser says, with what to do where it is known.
    fileprivate init(_ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            self.init(line: mark.line, text: Self.advice(problem, mark, text))
        case .composer(_, let problem, let mark, _):
            let isSecond = problem.contains("another document")
            self.init(
                line: mark.line,
                text: isSecond
                    ? "begins a second document; keep one in a file"
                    : "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.sorted().joined(separator: ", ")
            self.init(line: context.mark.line, text: "key given twice: \(names); keep one")
        case .reader(let problem, let offset, _, _):
            let line = offset.map { 1 + text.prefix($0).count(where: \.isNewline) }
            self.init(line: line, text: "not valid YAML: \(problem)")
        default:
            self.init(text: "not valid YAML")
        }
    }

    private static func advice(_ problem: String, _ mark: Mark, _ text: String) -> String {
        if problem.hasPrefix("Maximum nesting") { return "is nested too deeply" }
        let message = "not valid YAML: \(problem)"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(mark.line - 1) else { return message }
        let line = lines[mark.line - 1]
        switch line.dropFirst(mark.column - 1).first {
        case "\t": return "has a tab; YAML is indented with spaces"
        case let start? where "@`%".contains(start):
            return "not valid YAML: a value that begins with `\(start)` needs quotes"
        default: break
        }
        if problem.hasPrefix("mapping values are not allowed") {
            return message + "; check the indentation, and quote a value that holds `: `"
        }
        return line.contains("\t") ? message + "; the line has a tab, use spaces" : message
    }
}
