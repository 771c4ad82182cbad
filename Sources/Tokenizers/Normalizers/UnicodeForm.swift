internal import Foundation
@_spi(_Unicode) internal import Swift

/// A normal form of Unicode (UAX #15), as Hugging Face's `tokenizers` has it.
///
/// It knows Unicode 9: newer characters stay as they are, and nothing is composed or put in order
/// across them. The canonical forms are the standard library's own; Foundation's composition takes
/// characters beyond U+FFFF for others (U+10041 for A).
enum UnicodeForm: String, Normalizer {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        guard changes(text) else { return }
        var (result, known) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if Self.isKnown(scalar) {
                known.append(scalar)
            } else {
                result.append(contentsOf: form(of: String(known)))
                result.append(scalar)
                known.removeAll()
            }
        }
        result.append(contentsOf: form(of: String(known)))
        text = Array(String(result).utf8)
    }

    /// Whether Unicode 9 has the character.
    static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        // Nothing that is newer below the Hebrew block is composed or put in order.
        if scalar.value < 0x590 { return true }
        guard let age = scalar.properties.age else { return false }
        return age.major < 10
    }

    private func form(of text: String) -> String.UnicodeScalarView {
        switch self {
        case .nfc: Self.scalars(text._nfc)
        case .nfd: Self.scalars(text._nfd)
        case .nfkc: Self.scalars(text.decomposedStringWithCompatibilityMapping._nfc)
        case .nfkd: Self.scalars(text.decomposedStringWithCompatibilityMapping._nfd)
        }
    }

    private static func scalars(_ form: some Sequence<Unicode.Scalar>) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: form)
        return scalars
    }

    /// Whether there is anything that this form may change: no form changes ASCII, and NFC nothing
    /// below U+0300.
    private func changes(_ text: [UInt8]) -> Bool {
        let limit: UInt8 = self == .nfc ? 0xCC : 0x80
        return text.contains { $0 >= limit }
    }
}
