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
