/// The classes of Unicode scalars that pre-tokenizers tell apart.
enum ScalarClass {
    /// General category L (`\p{L}`).
    case letter
    /// General category N (`\p{N}`).
    case number
    /// Property White_Space (`\s`).
    case whitespace
    /// Everything else.
    case other

    /// The class of an ASCII byte.
    init(ascii byte: UInt8) {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A: self = .letter
        case 0x30...0x39: self = .number
        case 0x09...0x0D, 0x20: self = .whitespace
        default: self = .other
        }
    }

    /// The class of any scalar, from the Unicode character database.
    init(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = .letter
        case .decimalNumber, .letterNumber, .otherNumber:
            self = .number
        default:
            self = scalar.properties.isWhitespace ? .whitespace : .other
        }
    }

    /// The class and the length in bytes of the scalar at `position` of valid UTF-8 `bytes`.
    static func read(_ bytes: [UInt8], at position: Int) -> (kind: ScalarClass, length: Int) {
        let lead = bytes[position]
        if lead < 0x80 { return (ScalarClass(ascii: lead), 1) }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[position + 1..<position + length] {
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else { return (.other, length) }
        return (ScalarClass(scalar), length)
    }
}
