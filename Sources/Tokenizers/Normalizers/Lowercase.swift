/// Writes every character in lower case, each by itself.
struct Lowercase: Normalizer {
    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        let string = String(decoding: text, as: UTF8.self)
        text = string.unicodeScalars.flatMap { Array($0.properties.lowercaseMapping.utf8) }
    }
}
