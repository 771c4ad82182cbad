/// What the keys of a kind of file mean for what is computed.
///
/// A key that the table does not have may change the model, and is refused by name.
package struct KeyTable: Sendable {
    private enum Meaning: Sendable {
        /// Taken where the model or the adapter is made, or of no effect on what is computed.
        case known
        /// Of no effect at these values, and not computed at others.
        case idle([FileValue])
        /// Never computed, and what to do about it.
        case refused(String)
    }

    private var meanings: [String: Meaning] = [:]

    /// - Parameters:
    ///   - read: Keys that are taken where the model or the adapter is made.
    ///   - harmless: Keys that do not change what is computed.
    ///   - idle: Keys with the values at which they change nothing; unset keys never do.
    ///   - refused: Keys that nobody computes, with the reason and what to do.
    package init(
        read: [String] = [], harmless: [String] = [], idle: [String: [FileValue]] = [:],
        refused: [String: String] = [:]
    ) {
        for key in read + harmless { meanings[key] = .known }
        for (key, values) in idle { meanings[key] = .idle(values) }
        for (key, reason) in refused { meanings[key] = .refused(reason) }
    }

    /// A table with the keys of both; a key of both means what it means in the other.
    package func adding(_ other: KeyTable) -> KeyTable {
        var sum = self
        sum.meanings.merge(other.meanings) { $1 }
        return sum
    }

    /// What the keys ask for that is not computed, a sentence each, by the names in the file.
    ///
    /// - Parameters:
    ///   - values: All keys of the file.
    ///   - prefix: What the keys of this table begin with in the file; others are passed over.
    /// - Returns: The sentences, in the order of the keys.
    package func problems(in values: [String: FileValue], below prefix: String = "") -> [String] {
        values.filter { $0.key.hasPrefix(prefix) && !$0.value.isUnset }
            .sorted { $0.key < $1.key }
            .compactMap { problem($0, $1, known: String($0.dropFirst(prefix.count))) }
    }

    private func problem(_ key: String, _ value: FileValue, known name: String) -> String? {
        switch meanings[name] {
        case .known: return nil
        case .idle(let values):
            guard !values.contains(where: value.means) else { return nil }
            let idle = values.isEmpty ? "null" : values.map(\.description).joined(separator: " or ")
            return "\(key) is \(value); only \(idle) is supported"
        case .refused(let reason): return "\(key) is \(value): \(reason)"
        case nil:
            return "\(key) is not known and may change the model; "
                + "remove it from the file if it does not"
        }
    }
}
