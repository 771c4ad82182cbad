/// One question that a model answers with text of its own, in the layout of published scores.
package struct WrittenItem: Sendable, Equatable {
    package let prompt: String
    /// The gold answer; nil where the data have none.
    package let answer: String?
    /// What stands between prompt and answer.
    package let delimiter: String
    /// The program that a written answer becomes; nil where it is no program.
    package let program: ProgramParts?
    /// The part of the task that it belongs to; empty for a task of one file.
    package var part = ""

    package init(
        prompt: String, answer: String?, delimiter: String = " ", program: ProgramParts? = nil
    ) {
        self.prompt = prompt
        self.answer = answer
        self.delimiter = delimiter
        self.program = program
    }

    /// The request for the log-likelihood of the gold answer.
    var request: MultipleChoiceItem.Request? {
        answer.map { .init(context: prompt, continuation: delimiter + $0) }
    }
}

/// What makes a program of a written answer, and decides whether it works.
package struct ProgramParts: Sendable, Equatable {
    /// Text before the answer.
    package let start: String
    /// Python statements that a right program passes: they end without an exception.
    package let tests: String

    package init(start: String, tests: String) {
        self.start = start
        self.tests = tests
    }
}
