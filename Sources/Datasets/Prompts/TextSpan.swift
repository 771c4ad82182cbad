/// A piece of an example's text together with the part it plays.
package struct TextSpan: Sendable, Equatable {
    /// What a piece of text is for; decides whether its tokens carry loss.
    package enum Role: Sendable, Equatable, CaseIterable {
        /// Marks that the prompt template puts around the parts.
        case template
        /// Prompt text that is the same in every prompt, such as an opening line.
        case constant
        /// What the record asks: its instruction and input, the turns of a system and a user.
        case instruction
        /// The answer, and the earlier ones of a conversation.
        case response
        /// What the template puts around an answer and the model has to write itself: what ends it,
        /// and what stands between it and the request for it.
        case mark
    }

    package let text: String
    package let role: Role

    package init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }

    /// Whether the template wrote it, and may have written special tokens.
    package var isMark: Bool { role == .template || role == .mark }
}
