package import Models
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
    package var sampler: Sampler
    /// Each answer has randomness of its own, made of this and of the question.
    package var seed: UInt64
    /// Whether it is told, too, how likely the gold answers are.
    package var scoresGold: Bool
    package var programs: Programs

    package init(
        samples: Int = 1, sampler: Sampler = .greedy, seed: UInt64 = 0,
        scoresGold: Bool = true, programs: Programs = .refused("no sandbox was asked for")
    ) {
        self.samples = samples
        self.sampler = sampler
        self.seed = seed
        self.scoresGold = scoresGold
        self.programs = programs
    }
}
