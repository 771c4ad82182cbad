/// What a model made of one item, as a line of a samples file.
package enum TaskSample: Sendable, Equatable, Encodable {
    case choice(Choice)
    case answer(Answer)
    case continuation(Continuation)
    case text(Text)
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

    /// One of a question's written answers.
    package struct Answer: Sendable, Equatable, Encodable {
        package var task: String
        package var index: Int
        /// Which of the question's answers; nil where there is one.
        package var sample: Int?
        package var prompt: String
        package var text: String
        package var gold: String?
        /// What it scores, by metric.
        package var scores: [String: Double]
        /// How the program ended that was made of it.
        package var verdict: String?
        /// More on that.
        package var reason: String?
        /// The log-likelihood of the gold answer, in nats.
        package var goldLogLikelihood: Double?
    }

    /// A text of which the end is predicted.
    package struct Continuation: Sendable, Equatable, Encodable {
        package var task: String
        package var index: Int
        package var context: String
        package var continuation: String
        package var logLikelihood: Double
        package var isGreedy: Bool
    }

    /// A whole text.
    package struct Text: Sendable, Equatable, Encodable {
        package var task: String
        package var index: Int
        /// As it was published.
        package var text: String
        /// In nats, of all its tokens.
        package var logLikelihood: Double
        package var tokens: Int
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
        case .continuation(let text): try text.encode(to: encoder)
        case .text(let text): try text.encode(to: encoder)
        case .ids(let ids): try ids.encode(to: encoder)
        }
    }
}
