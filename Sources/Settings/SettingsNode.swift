/// A YAML value that remembers where it was written.
package struct SettingsNode: Sendable, Equatable {
    /// A key with its value.
    package struct Entry: Sendable, Equatable {
        package var key: String
        package var origin: SettingsOrigin?
        package var value: SettingsNode

        package init(key: String, origin: SettingsOrigin? = nil, value: SettingsNode) {
            self.key = key
            self.origin = origin
            self.value = value
        }
    }

    /// What a value is.
    package enum Content: Sendable, Equatable {
        case null
        case scalar(String)
        case sequence([SettingsNode])
        case mapping([Entry])
    }

    package var content: Content
    package var origin: SettingsOrigin?

    package init(content: Content, origin: SettingsOrigin? = nil) {
        self.content = content
        self.origin = origin
    }

    /// What a message calls this kind of value.
    package var kind: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text): "`\(text)`"
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }

    package var text: String? { if case .scalar(let text) = content { text } else { nil } }

    package var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    package var items: [SettingsNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The value of a key; nil if there is no such key.
    package func value(of key: String) -> SettingsNode? { entries?.first { $0.key == key }?.value }

    /// Puts a value at a key, in place of the present one if there is one.
    package mutating func set(_ key: String, to value: SettingsNode) {
        var entries = self.entries ?? []
        let entry = Entry(key: key, origin: value.origin, value: value)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
        content = .mapping(entries)
    }

    /// Takes a key out, if it is there.
    package mutating func remove(_ key: String) {
        guard let entries else { return }
        content = .mapping(entries.filter { $0.key != key })
    }
}

extension SettingsNode {
    /// The origin of every key path below this node.
    package func origins() -> [String: SettingsOrigin] {
        var found: [String: SettingsOrigin] = [:]
        collect("", into: &found)
        return found
    }

    private func collect(_ path: String, into found: inout [String: SettingsOrigin]) {
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
