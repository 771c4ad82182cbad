/// The classes of Unicode scalars that pre-tokenizers tell apart.
///
/// They are those of Unicode 16, which Hugging Face's `tokenizers` and Foundation's regular
/// expressions know: a character that is newer is other.
enum ScalarClass: UInt8 {
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

    /// The class of any scalar.
    init(_ scalar: Unicode.Scalar) {
        let value = Int(scalar.value)
        self = value < Self.table.count ? Self.table[value] : Self.lookUp(scalar)
    }

    /// The classes of the Basic Multilingual Plane.
    private static let table: [ScalarClass] = (0..<0x10000 as Range<UInt32>).map {
        Unicode.Scalar($0).map(lookUp) ?? .other
    }

    /// The class from the Unicode character database.
    private static func lookUp(_ scalar: Unicode.Scalar) -> ScalarClass {
        let properties = scalar.properties
        guard let age = properties.age, (age.major, age.minor) <= (16, 0) else { return .other }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return .letter
        case .decimalNumber, .letterNumber, .otherNumber:
            return .number
        default:
            return properties.isWhitespace ? .whitespace : .other
        }
    }

    /// The class and the length in bytes of the scalar at `position` of valid UTF-8 `bytes`.
    static func read(_ bytes: [UInt8], at position: Int) -> (kind: ScalarClass, length: Int) {
        if bytes[position] < 0x80 { return (ScalarClass(ascii: bytes[position]), 1) }
        let (scalar, length) = UTF8Text.scalar(bytes, at: position)
        return (ScalarClass(scalar), length)
    }
}
