import Dashboard

/// The escape sequences of keys, each without its escape character.
struct KeySequences: Sendable {
    private var keys: [[UInt8]: Key] = [:]

    /// The sequences of most terminals, and before them those of this one.
    ///
    /// - Parameter described: What the terminal's description says under a name, such as `kcuu1`.
    init(described: (String) -> String?) {
        for (sequence, key) in Self.usual { keys[Array(sequence.utf8)] = key }
        for (name, key) in Self.described {
            guard let sequence = described(name), sequence.utf8.first == 0x1B else { continue }
            keys[Array(sequence.utf8.dropFirst())] = key
        }
    }

    /// The key that sends these bytes after an escape character.
    subscript(sequence: [UInt8]) -> Key? { keys[sequence] }

    /// Those of xterm and its likes, of rxvt and of the console of Linux: terminals are often taken
    /// for another, and not all obey a change between their two sets of arrows.
    private static let usual = arrows + editing + functions

    private static let arrows: [(String, Key)] = {
        let keys: [(String, Key)] = [
            ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
        ]
        return keys.flatMap { [("[" + $0.0, $0.1), ("O" + $0.0, $0.1)] }
    }()

    private static let editing: [(String, Key)] = [
        ("[1~", .home), ("[7~", .home), ("[4~", .end), ("[8~", .end), ("[3~", .delete),
        ("[5~", .pageUp), ("[6~", .pageDown), ("[Z", .backTab), ("OM", .enter),
        ("[1;2D", .shiftLeft), ("[1;2C", .shiftRight), ("[d", .shiftLeft), ("[c", .shiftRight),
    ]

    private static let functions: [(String, Key)] = {
        let numbers = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
        let sequences: [[String]] = [
            numbers.map { "[\($0)~" }, "PQRS".map { "O\($0)" }, "ABCDE".map { "[[\($0)" },
        ]
        return sequences.flatMap { names in
            names.enumerated().map { ($0.element, Key.function($0.offset + 1)) }
        }
    }()

    private static let described: [(String, Key)] = {
        let keys: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
            ("kLFT", .shiftLeft), ("kRIT", .shiftRight), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab),
            ("kent", .enter),
        ]
        return keys + (1...12).map { ("kf\($0)", Key.function($0)) }
    }()
}
