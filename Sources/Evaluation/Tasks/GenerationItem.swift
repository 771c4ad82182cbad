package import Datasets

/// One question that a model answers with text of its own.
package struct GenerationItem: Sendable, Equatable {
    package let prompt: String
    /// The gold answer.
    package let reference: String
    /// Where the answer ends, besides the end-of-text token.
    package let stopStrings: [String]
    /// The most tokens to generate.
    package let maximumTokens: Int
    /// Text that goes before the answer to make a program.
    package let programStart: String
    /// Python statements that a right program passes; empty where the answer is no program.
    package let tests: [String]

    init(
        _ record: Record, prompt: String, stopStrings: [String], maximumTokens: Int
    ) {
        self.prompt = prompt
        self.stopStrings = stopStrings
        self.maximumTokens = maximumTokens
        reference = record.output
        programStart = record.programStart
        tests = record.tests
    }

    /// A question in the layout that a model was fine-tuned on; the end mark alone ends the answer.
    ///
    /// - Throws: `ChatTemplateProblem` if the template has no place for the record.
    package init(
        _ record: Record, template: PromptTemplate, maximumTokens: Int = 256
    ) throws(ChatTemplateProblem) {
        self.init(
            record, prompt: try template.laidOut(record).promptText, stopStrings: [],
            maximumTokens: maximumTokens)
    }

    /// The Python program that decides whether `completion` is right: it ends without an exception.
    package func program(completing completion: String) -> String {
        "\(programStart)\(completion)\n\(tests.joined(separator: "\n"))\n"
    }
}
