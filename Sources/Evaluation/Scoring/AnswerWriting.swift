/// How a model writes answers: how many to each question, and how they are drawn.
package struct AnswerWriting: Sendable, Equatable {
    /// Answers to each question.
    package var samples: Int
    /// 0 always takes the most likely token.
    package var temperature: Float
    /// The share of probability of which tokens are drawn; 1 for all.
    package var topP: Float
    /// Each answer has randomness of its own, made of this and of the question.
    package var seed: UInt64
    /// Whether it is told, too, how likely the gold answers are.
    package var scoresGold: Bool

    package init(
        samples: Int = 1, temperature: Float = 0, topP: Float = 1, seed: UInt64 = 0,
        scoresGold: Bool = true
    ) {
        self.scoresGold = scoresGold
        self.samples = samples
        self.temperature = temperature
        self.topP = topP
        self.seed = seed
    }
}
