/// A change of a piece of text before it is cut into words.
///
/// Texts are valid UTF-8, without the added tokens that stand in them.
protocol Normalizer: Sendable {
    /// Changes `text`, which stands at `position` of the whole.
    func normalize(_ text: inout [UInt8], at position: TextPosition)
}

extension Declaration {
    /// The normalizers that are declared, in order.
    ///
    /// Source: huggingface/tokenizers 0.23, `normalizers/`.
    /// - Throws: `TokenizerError` for one that is not implemented, by its name.
    func normalizers() throws(TokenizerError) -> [any Normalizer] {
        let type = try type()
        if let form = UnicodeForm(rawValue: type) {
            try finish()
            return [form]
        }
        switch type {
        case "Sequence":
            try finish("normalizers")
            var all: [any Normalizer] = []
            for child in try children("normalizers") { all += try child.normalizers() }
            return all
        case "Replace": return [try Replacement(self)]
        case "Prepend":
            try finish("prepend")
            return [Beginning(text: Array(try required(text("prepend"), "prepend").utf8))]
        case "Lowercase":
            try finish()
            return [Lowercase()]
        case "Strip":
            try finish("strip_left", "strip_right")
            return [
                Trimming(
                    start: try bool("strip_left") ?? true, end: try bool("strip_right") ?? true)
            ]
        case "StripAccents":
            try finish()
            return [AccentRemoval()]
        case "ByteLevel":
            try finish()
            return [ByteLevelNormalizer()]
        default:
            throw unknownType(
                "normalizer",
                "NFC, NFD, NFKC, NFKD, Replace, Prepend, Lowercase, Strip, StripAccents, ByteLevel")
        }
    }
}
