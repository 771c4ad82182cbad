/// Text between the marks of a paste, while it comes.
struct PastedText: Sendable {
    /// Bytes that are kept; no text field holds as much.
    static let limit = 1 << 16

    private static let end = Array("\u{1B}[201~".utf8)

    /// True once the rest has been waited for in vain.
    var isLeftOpen = false
    private var bytes: [UInt8] = []
    /// How many bytes of the end mark have come.
    private var matched = 0

    /// Takes the next byte; returns the text once it has ended.
    mutating func take(_ byte: UInt8) -> String? {
        if byte == Self.end[matched] {
            matched += 1
            return matched == Self.end.count ? String(decoding: bytes, as: UTF8.self) : nil
        }
        keep(Self.end.prefix(matched))
        matched = byte == Self.end[0] ? 1 : 0
        if matched == 0 { keep([byte]) }
        return nil
    }

    private mutating func keep(_ more: some Collection<UInt8>) {
        if bytes.count < Self.limit { bytes.append(contentsOf: more) }
    }
}
