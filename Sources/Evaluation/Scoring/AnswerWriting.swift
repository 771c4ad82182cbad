package import Sandbox

/// How a model writes answers: how many to each question, how they are drawn, and where those that are
/// programs are run.
package struct AnswerWriting: Sendable {
    /// Where written programs are run.
    package enum Programs: Sendable {
        case sandbox(ProgramSandbox)
        /// Nowhere, and why.
        case refused(String)
    }

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
    package var programs: Programs

    package init(
        samples: Int = 1, temperature: Float = 0, topP: Float = 1, seed: UInt64 = 0,
        scoresGold: Bool = true, programs: Programs = .refused("no sandbox was asked for")
    ) {
        self.samples = samples
        self.temperature = temperature
        self.topP = topP
        self.seed = seed
        self.scoresGold = scoresGold
        self.programs = programs
    }
}
