/// Leaves out marks (general category M), as Unicode 9 has them (`StripAccents`).
struct AccentRemoval: Normalizer {
    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        text = scalars.filter { !Self.isMark($0) }.flatMap { Array(String($0).utf8) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: UnicodeForm.isKnown(scalar)
        default: false
        }
    }
}
