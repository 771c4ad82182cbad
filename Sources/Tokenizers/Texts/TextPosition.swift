/// Where a piece of text stands in the whole.
///
/// What a tokenizer puts before a text, such as the `▁` of SentencePiece, depends on it.
package enum TextPosition: Sendable {
    /// Nothing comes before it.
    case start
    /// A token that is recognised whole comes before it.
    case afterToken
    /// Ordinary text comes before it, which it continues.
    case withinText
}
