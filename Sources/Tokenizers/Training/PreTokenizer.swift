/// How a tokenizer that is trained cuts text into words.
package enum PreTokenizer: Sendable, Equatable, CaseIterable {
    /// The words of GPT-2; see ``WordRule/gpt2``.
    case gpt2
    /// Every number character is cut out on its own, then `gpt2` cuts what lies between.
    ///
    /// Source: `tokenizer.json` of HuggingFaceTB/SmolLM2-135M, `Digits` then `ByteLevel`.
    case smollm

    /// The words of `text`, in order; joined they are `text` again.
    package func words(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        return words(in: bytes, bytes.indices).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    func words(in bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var pieces = Pieces(bytes, range, at: .start)
        if self == .smollm { Split(.numbers, .isolated).apply(to: &pieces) }
        Split(.words(.gpt2), .isolated).apply(to: &pieces)
        return pieces.ranges
    }

    /// How `tokenizer.json` declares it.
    var declaration: JSONValue {
        let words = TokenizerDeclaration.byteLevel
        let digits = TokenizerDeclaration.stage("Digits", ("individual_digits", .bool(true)))
        return switch self {
        case .gpt2: words
        case .smollm:
            TokenizerDeclaration.stage("Sequence", ("pretokenizers", .array([digits, words])))
        }
    }
}
