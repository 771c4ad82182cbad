/// A way of cutting pieces of text into smaller ones; merges never cross a cut.
protocol PreTokenizerStage: Sendable {
    func apply(to pieces: inout Pieces)
}

extension Declaration {
    /// The stages that are declared, in order.
    ///
    /// Source: huggingface/tokenizers 0.23, `pre_tokenizers/`.
    /// - Throws: `TokenizerError` for one that is not implemented, by its name.
    func preTokenizers() throws(TokenizerError) -> [any PreTokenizerStage] {
        switch try type() {
        case "Sequence":
            try finish("pretokenizers")
            var all: [any PreTokenizerStage] = []
            for child in try children("pretokenizers") { all += try child.preTokenizers() }
            return all
        case "ByteLevel": return [try ByteLevelStage(self)]
        case "Split": return [try Split(self)]
        case "Metaspace": return [try Metaspace(self)]
        case "Digits":
            try finish("individual_digits")
            let alone = try bool("individual_digits") ?? false
            return [Split(.numbers, alone ? .isolated : .contiguous)]
        case "Punctuation":
            try finish("behavior")
            return [Split(.punctuation, try SplitBehavior(self) ?? .isolated)]
        case "Whitespace":
            try finish()
            return [Split(try .expression(rustWords, at: place), .removed, inverted: true)]
        case "WhitespaceSplit":
            try finish()
            return [Split(.whitespace, .removed)]
        case "BertPreTokenizer":
            try finish()
            return [Split(.whitespace, .removed), Split(.punctuation, .isolated)]
        case "CharDelimiterSplit":
            try finish("delimiter")
            let delimiter = try required(text("delimiter"), "delimiter")
            return [Split(.text(Array(delimiter.utf8)), .removed)]
        default:
            throw unknownType(
                "pre-tokenizer",
                "ByteLevel, Split, Metaspace, Digits, Punctuation, Whitespace, WhitespaceSplit, "
                    + "BertPreTokenizer, CharDelimiterSplit, or a Sequence of them")
        }
    }
}

/// `\w+|[^\w\s]+` in the syntax of Rust's regular expressions.
private let rustWords = {
    let word = #"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D}"#
    return "[\(word)]+|[^\(word)" + #"\s]+"#
}()
