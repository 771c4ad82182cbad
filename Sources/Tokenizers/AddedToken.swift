/// A token that is recognised whole where its text stands, not made by merges.
package struct AddedToken: Equatable, Sendable {
    package let text: String
    package let id: Int32
    /// Whether it is a mark, such as that of the end of a text, which ordinary text cannot hold; the
    /// others, such as runs of spaces, are recognised in any text.
    package let isSpecial: Bool
    /// Whether it is looked for only in what tokens that are not leave over.
    ///
    /// Source: huggingface/tokenizers, `AddedVocabulary.extract_and_normalize`.
    let isNormalized: Bool

    package init(_ text: String, id: Int32, isSpecial: Bool = true, isNormalized: Bool = false) {
        self.text = text
        self.id = id
        self.isSpecial = isSpecial
        self.isNormalized = isNormalized
    }
}
