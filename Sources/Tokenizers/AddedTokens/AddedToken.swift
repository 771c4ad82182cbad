/// A token that is recognised whole where its text stands, not made by merges.
package struct AddedToken: Equatable, Sendable {
    package let text: String
    package let id: Int32
    /// Whether it is a mark, such as that of the end of a text, which ordinary text cannot hold; the
    /// others, such as runs of spaces, are recognised in any text.
    package let isSpecial: Bool
    /// Whether it is looked for only in what tokens that are not leave over, once that is normalized.
    ///
    /// Source: huggingface/tokenizers, `AddedVocabulary.extract_and_normalize`.
    let isNormalized: Bool
    /// Whether it takes the white space before it.
    let stripsLeft: Bool
    /// Whether it takes the white space after it.
    let stripsRight: Bool
    /// Whether it is recognised only where no letters or digits touch it.
    let isSingleWord: Bool

    package init(
        _ text: String, id: Int32, isSpecial: Bool = true, isNormalized: Bool = false,
        stripsLeft: Bool = false, stripsRight: Bool = false, isSingleWord: Bool = false
    ) {
        self.text = text
        self.id = id
        self.isSpecial = isSpecial
        self.isNormalized = isNormalized
        self.stripsLeft = stripsLeft
        self.stripsRight = stripsRight
        self.isSingleWord = isSingleWord
    }

    /// The token that `declaration`, one of `added_tokens`, declares.
    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish(
            "id", "content", "special", "normalized", "lstrip", "rstrip", "single_word")
        let isSpecial = try declaration.bool("special") ?? true
        self.init(
            try declaration.required(declaration.text("content"), "content"),
            id: Int32(clamping: try declaration.required(declaration.integer("id"), "id")),
            isSpecial: isSpecial,
            isNormalized: try declaration.bool("normalized") ?? false,
            stripsLeft: try declaration.bool("lstrip") ?? false,
            stripsRight: try declaration.bool("rstrip") ?? false,
            isSingleWord: try declaration.bool("single_word") ?? false)
    }
}
