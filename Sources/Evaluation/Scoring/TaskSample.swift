/// What a model made of one item of a task, as a line of a samples file.
package enum TaskSample: Sendable, Equatable, Encodable {
    case choice(Choice)
    case answer(Answer)

    /// A multiple-choice item; options count from 0.
    package struct Choice: Sendable, Equatable, Encodable {
        package var task: String
        package var index: Int
        /// The text before each option's continuation.
        package var contexts: [String]
        package var continuations: [String]
        package var logLikelihoods: [Double]
        package var gold: Int
        /// The option with the highest log-likelihood; nil if one is not a number.
        package var choice: Int?
        /// The same per character; nil where the task has no such score.
        package var normalisedChoice: Int?
    }

    /// A question with a written answer.
    package struct Answer: Sendable, Equatable, Encodable {
        package var task: String
        package var index: Int
        package var prompt: String
        package var text: String
        package var gold: String
        package var isRight: Bool
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .choice(let choice): try choice.encode(to: encoder)
        case .answer(let answer): try answer.encode(to: encoder)
        }
    }
}
