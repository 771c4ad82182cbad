/// Compares a generated text with the gold one.
package enum ExactMatch {
    /// Whether both are the same code points but for white space at their ends.
    package static func isRight(_ answer: String, gold: String) -> Bool {
        HarnessText.trimmedEnd(answer).unicodeScalars
            .elementsEqual(HarnessText.trimmedEnd(gold).unicodeScalars)
    }
}
