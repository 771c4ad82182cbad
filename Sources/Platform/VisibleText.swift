extension String {
    /// The text with pictures and names in place of what a terminal would obey: control characters
    /// but for line breaks and tabs, and the marks that change the direction of text.
    ///
    /// Texts from files, such as names and paths, may hold sequences that move the cursor, set the
    /// window's title or make a line look like another.
    package var visible: String {
        guard unicodeScalars.contains(where: \.isObeyed) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar.isObeyed ? scalar.picture : String(scalar)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Unicode's picture of an ASCII control character; the number of any other: `<U+202E>`.
    fileprivate var picture: String {
        switch value {
        case 0x00...0x1F: return Unicode.Scalar(0x2400 + value).map(String.init) ?? "?"
        case 0x7F: return "\u{2421}"
        default:
            let digits = String(value, radix: 16, uppercase: true)
            return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
        }
    }
}
