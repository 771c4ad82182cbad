/// The printable characters that stand for the 256 bytes in a byte-level vocabulary.
///
/// Printable Latin-1 bytes stand for themselves; the other 68, in order, are U+0100 and up, so
/// that a space reads `Ġ` and a newline `Ċ`.
///
/// Source: `bytes_to_unicode` of the GPT-2 encoder (openai/gpt-2, `src/encoder.py`).
enum ByteAlphabet {
    /// The scalar for each byte.
    static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if isPrintable(byte) { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? Unicode.Scalar(byte)
        }
    }()

    /// The byte for each scalar below U+0144, or nil where the scalar stands for none.
    private static let bytes: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 0x144)
        for (byte, scalar) in scalars.enumerated() {
            bytes[Int(scalar.value)] = UInt8(byte)
        }
        return bytes
    }()

    /// `bytes` written in the alphabet.
    static func text(of bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(scalars[Int(byte)]) }
        return String(text)
    }

    /// The bytes that `text` stands for, or its UTF-8 if a character is not of the alphabet.
    static func bytes(of text: String) -> [UInt8] { exactBytes(of: text) ?? Array(text.utf8) }

    /// The bytes that `text` stands for, or nil if a character is not of the alphabet.
    static func exactBytes(of text: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard scalar.value < bytes.count, let byte = bytes[Int(scalar.value)] else {
                return nil
            }
            result.append(byte)
        }
        return result
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
    }
}
