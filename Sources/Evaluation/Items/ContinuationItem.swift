/// A text whose end a model predicts, as LAMBADA's last word.
package struct ContinuationItem: Sendable, Equatable {
    /// The text before the end, and the end.
    package let request: MultipleChoiceItem.Request
    /// The part of the task that it belongs to; empty for a task of one file.
    package var part = ""

    package init(_ request: MultipleChoiceItem.Request) {
        self.request = request
    }
}
