/// Text that arrives byte by byte, handed on in complete characters only.
///
/// A token may end in the middle of a character's UTF-8 bytes; those wait for the next token.
package struct TextStream: Sendable {
    private var pending: [UInt8] = []

    package init() {}

    /// The text that is complete with these bytes; bytes that are not UTF-8 become U+FFFD.
    package mutating func append(_ bytes: some Sequence<UInt8>) -> String {
        pending += bytes
        let count = pending.count - Self.openCount(pending)
        defer { pending.removeFirst(count) }
        return String(decoding: pending[..<count], as: UTF8.self)
    }

    /// What is left at the end of the text: nothing, or U+FFFD for a character cut short.
    package mutating func finish() -> String {
        defer { pending.removeAll() }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes at the end begin a character that is not yet complete.
    private static func openCount(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.count - count]
            if byte & 0xC0 == 0x80 { continue }
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return needed > count ? count : 0
        }
        return 0
    }
}
