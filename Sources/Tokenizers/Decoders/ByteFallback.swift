/// Reads `<0x00>` to `<0xFF>` as bytes; those that make no text together become U+FFFD, each.
struct ByteFallback: DecoderStage {
    /// The token of a byte.
    static func text(of byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "<0x" + (byte < 0x10 ? "0" : "") + digits + ">"
    }

    /// The byte of a token, or nil if it is of another form.
    static func byte(_ token: some Collection<UInt8>) -> UInt8? {
        guard token.count == 6, token.starts(with: "<0x".utf8),
            token.dropFirst(5).first == UInt8(ascii: ">")
        else { return nil }
        return UInt8(String(decoding: token.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    }

    func decode(_ tokens: [String]) -> [String] {
        var (result, bytes): ([String], [UInt8]) = ([], [])
        func finishBytes() {
            if bytes.isEmpty { return }
            let text = String(validating: bytes, as: UTF8.self)
            result += text.map { [$0] } ?? bytes.map { _ in "\u{FFFD}" }
            bytes = []
        }
        for token in tokens {
            if let byte = Self.byte(token.utf8) {
                bytes.append(byte)
            } else {
                finishBytes()
                result.append(token)
            }
        }
        finishBytes()
        return result
    }

    func bytes(within token: [UInt8]) -> [UInt8] { Self.byte(token).map { [$0] } ?? token }
}
