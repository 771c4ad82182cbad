/// A piece of an example's text together with the part it plays.
package struct TextSpan: Sendable, Equatable {
    /// What a piece of text is for; decides whether its tokens carry loss.
    package enum Role: Sendable, Equatable, CaseIterable {
        /// Marks that the prompt template puts around the parts.
        case template
        /// Prompt text that is the same in every prompt, such as an opening line.
        case constant
        /// The record's instruction and input.
        case instruction
        /// The answer and the mark that ends it.
        case response
    }

    package let text: String
    package let role: Role

    package init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }
}
