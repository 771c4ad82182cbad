/// How text is cut into words before byte pairs are merged; merges never cross a cut.
package enum PreTokenizer: Sendable, Equatable, CaseIterable {
    /// The words of GPT-2:
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
    ///
    /// Source: Radford et al. 2019 (openai/gpt-2, `src/encoder.py`).
    case gpt2
    /// Every number character is cut out on its own, then `gpt2` cuts what lies between.
    ///
    /// Source: `tokenizer.json` of HuggingFaceTB/SmolLM2-135M, `Digits` then `ByteLevel`.
    case smollm

    /// The words of `text`, in order; joined they are `text` again.
    package func words(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var scanner = WordScanner(bytes, range: bytes.indices, preTokenizer: self)
        var words: [String] = []
        while let word = scanner.next() {
            words.append(String(decoding: bytes[word], as: UTF8.self))
        }
        return words
    }
}
