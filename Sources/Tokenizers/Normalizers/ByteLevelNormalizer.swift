/// Writes every byte as its character of the byte alphabet.
struct ByteLevelNormalizer: Normalizer {
    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        text = Array(ByteAlphabet.text(of: text).utf8)
    }
}
