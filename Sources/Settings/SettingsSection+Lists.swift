extension SettingsSection {
    /// One whole number, or a list of different ones, in `range`; never empty.
    ///
    /// Without a fallback the key must be there.
    package func integers(
        oneOrMore key: String, default fallback: [Int]? = nil, in range: ClosedRange<Int>
    ) -> [Int] {
        if let fallback, value(key) == nil { return fallback }
        guard let items = items(of: key, { Self.integer($0, in: range, $1) }) else {
            return [integer(key, in: range)]
        }
        return items.isEmpty ? [range.lowerBound] : items
    }

    /// One number, or a list of different ones, in `range`; never empty.
    ///
    /// The key must be there.
    package func numbers(oneOrMore key: String, _ range: NumberRange) -> [Double] {
        guard let items = items(of: key, { Self.number($0, range, $1) }) else {
            return [number(key, range)]
        }
        return items.isEmpty ? [1] : items
    }

    /// The elements of a list that can be read; nil if the key has no list.
    private func items<Element: Hashable>(
        of key: String, _ read: (SettingsNode, (String) -> Void) -> Element?
    ) -> [Element]? {
        guard let items = value(key)?.items else { return nil }
        if items.isEmpty { problem(key, "is empty; write a number, or a list of them") }
        var seen: Set<Element> = []
        return items.compactMap { item -> Element? in
            let tell = { self.report.add($0, path: self.path(of: key), origin: item.origin) }
            guard let element = read(item, tell) else { return nil }
            if seen.insert(element).inserted { return element }
            tell("names \(item.text ?? "") twice")
            return nil
        }
    }
}
