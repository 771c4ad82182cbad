import Yams

/// A YAML value that remembers where it was written.
struct StudyNode: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var key: String
        var origin: StudyOrigin?
        var value: StudyNode
    }

    enum Content: Sendable, Equatable {
        case null
        case scalar(String)
        case sequence([StudyNode])
        case mapping([Entry])
    }

    var content: Content
    var origin: StudyOrigin?

    /// What a message calls this kind of value.
    var kind: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text): "`\(text)`"
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }

    var text: String? { if case .scalar(let text) = content { text } else { nil } }

    var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

    var items: [StudyNode]? { if case .sequence(let items) = content { items } else { nil } }

    func value(of key: String) -> StudyNode? { entries?.first { $0.key == key }?.value }

    /// Puts a value at a key, in place of the present one if there is one.
    mutating func set(_ key: String, to value: StudyNode) {
        var entries = self.entries ?? []
        let entry = Entry(key: key, origin: value.origin, value: value)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
        content = .mapping(entries)
    }

    mutating func remove(_ key: String) {
        guard let entries else { return }
        content = .mapping(entries.filter { $0.key != key })
    }
}

extension StudyNode {
    /// What keeps text from being YAML.
    struct SyntaxError: Error {
        var line: Int?
        var text: String
    }

    /// Reads YAML text; with an option given, that is the origin of everything in it.
    ///
    /// - Throws: `SyntaxError`.
    init(yaml text: String, option: String? = nil) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SyntaxError(error)
        }
        if let root {
            var budget = 10_000
            try self.init(root, option: option.map { .option($0) }, budget: &budget)
        } else {
            self.init(content: .null, origin: nil)
        }
    }

    private init(_ node: Node, option: StudyOrigin?, budget: inout Int) throws {
        // Anchors can make a short file stand for a huge tree.
        budget -= 1
        if budget < 0 {
            throw SyntaxError(line: node.mark?.line, text: "holds too many values for a study")
        }
        origin = option ?? node.mark.map { .line($0.line) }
        switch node {
        case .scalar(let scalar):
            content = node.null == nil ? .scalar(scalar.string) : .null
        case .sequence(let sequence):
            content = .sequence(
                try sequence.map { try StudyNode($0, option: option, budget: &budget) })
        case .mapping(let mapping):
            content = .mapping(
                try mapping.map { key, value in
                    Entry(
                        key: key.scalar?.string ?? "?",
                        origin: option ?? key.mark.map { .line($0.line) },
                        value: try StudyNode(value, option: option, budget: &budget))
                })
        case .alias:
            content = .null
        }
    }

    /// The origin of every key path below this node.
    func origins() -> [String: StudyOrigin] {
        var found: [String: StudyOrigin] = [:]
        collect("", into: &found)
        return found
    }

    private func collect(_ path: String, into found: inout [String: StudyOrigin]) {
        switch content {
        case .null, .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                found["\(path)[\(index)]"] = item.origin
                item.collect("\(path)[\(index)]", into: &found)
            }
        case .mapping(let entries):
            for entry in entries {
                let below = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                found[below] = entry.origin
                entry.value.collect(below, into: &found)
            }
        }
    }
}

extension StudyNode.SyntaxError {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(line: mark.line, text: "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.sorted().joined(separator: ", ")
            self.init(line: context.mark.line, text: "key given twice: \(names); keep one")
        case .reader(let problem, _, _, _):
            self.init(line: nil, text: "not valid YAML: \(problem)")
        default:
            self.init(line: nil, text: "not valid YAML")
        }
    }
}
