internal import Settings

/// An amount of memory as studies write it: a number with its unit, `8GB` or `512MiB`.
struct MemorySize: Sendable, Equatable, CustomStringConvertible {
    private static let units: [(name: String, bytes: Double)] = [
        ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("B", 1),
        ("TiB", 1_099_511_627_776), ("GiB", 1_073_741_824), ("MiB", 1_048_576), ("KiB", 1024),
    ]
    /// More than any machine has.
    private static let most = 1e15

    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    /// Reads a text; nil if it is no amount above 0, or more than any machine has.
    init?(_ text: String) {
        let digits = text.prefix { "0"..."9" ~= $0 || $0 == "." }
        let name = text.dropFirst(digits.count).drop { $0 == " " }
        guard let number = Double(digits),
            let unit = Self.units.first(where: { $0.name.lowercased() == name.lowercased() })
        else { return nil }
        let bytes = (number * unit.bytes).rounded()
        guard bytes >= 1, bytes <= Self.most else { return nil }
        self.init(bytes: Int(bytes))
    }

    /// In the largest decimal unit of which it is a whole number.
    var description: String {
        let unit = Self.units.prefix(5).first { Double(bytes).remainder(dividingBy: $0.bytes) == 0 }
        guard let unit else { return "\(bytes)B" }
        return "\(Int(Double(bytes) / unit.bytes))\(unit.name)"
    }

    /// In the largest decimal unit of which it is 1 or more, with one digit after the point.
    var rounded: String {
        let unit = Self.units.prefix(5).first { Double(bytes) >= $0.bytes } ?? ("B", 1)
        let tenths = Int((Double(bytes) / unit.bytes * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(unit.name)"
    }
}

extension SettingsSection {
    /// The key `memory`; nil if it is absent.
    func memorySize() -> MemorySize? {
        guard let text = optionalText("memory") else { return nil }
        if let size = MemorySize(text) { return size }
        problem("memory", "is `\(text)`; write an amount with its unit, such as 8GB")
        return nil
    }
}
