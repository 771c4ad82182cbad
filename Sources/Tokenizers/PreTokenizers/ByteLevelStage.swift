/// The words of GPT-2, or the pieces as they are, for a vocabulary of bytes.
///
/// The model reads the bytes themselves where it can (``Tokenizer`` then leaves the alphabet out);
/// else each byte is written as its character of the ``ByteAlphabet``.
struct ByteLevelStage: PreTokenizerStage {
    let addsSpace: Bool
    let cutsWords: Bool
    var writesAlphabet = true

    init(addsSpace: Bool, cutsWords: Bool) {
        self.addsSpace = addsSpace
        self.cutsWords = cutsWords
    }

    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish("add_prefix_space", "trim_offsets", "use_regex")
        addsSpace = try declaration.bool("add_prefix_space") ?? false
        cutsWords = try declaration.bool("use_regex") ?? true
    }

    func apply(to pieces: inout Pieces) {
        let space = UInt8(ascii: " ")
        if addsSpace {
            let continues = pieces.position == .withinText
            pieces.rewrite { text, index in
                text.first == space || continues && index == 0 ? Array(text) : [space] + text
            }
        }
        if cutsWords { Split(.words(.gpt2), .isolated).apply(to: &pieces) }
        if writesAlphabet {
            pieces.rewrite { text, _ in Array(ByteAlphabet.text(of: text).utf8) }
        }
    }
}
