/// What a model made of one item, as a line of a samples file.
package enum TaskSample: Sendable, Equatable, Encodable {
    case choice(Choice)
    case answer(Answer)
    case ids(Ids)

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

    /// A row of token ids.
    package struct Ids: Sendable, Equatable, Encodable {
        /// log p of every token from the second on, given those before it.
        package var logLikelihoods: [Double]
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .choice(let choice): try choice.encode(to: encoder)
        case .answer(let answer): try answer.encode(to: encoder)
        case .ids(let ids): try ids.encode(to: encoder)
        }
    }
}
