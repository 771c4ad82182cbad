internal import Bases
package import Datasets
internal import Evaluation
internal import Models

/// What a study asks of a machine, counted in its data.
package struct StudyWorkload: Sendable, Equatable {
    /// What an arm is trained on.
    package struct Examples: Sendable, Equatable {
        package let count: Int
        /// Tokens that a pass over all of them reads.
        package let tokens: Int
        /// Of those, the ones that carry loss.
        package let lossTokens: Int
        /// Tokens of the longest.
        package let longest: Int
        /// The most tokens of one that carry loss.
        package let mostLossTokens: Int

        /// Tokens of a batch, on average.
        package func tokens(ofBatch size: Int) -> Double {
            Double(tokens) / Double(count) * Double(size)
        }
    }

    /// What is measured at every evaluation.
    package struct Measured: Sendable, Equatable {
        /// Gold answers, or documents of the target.
        package let targets: Int
        /// Items of tasks that are scored by likelihood.
        package let choices: Int
        /// Documents of the source text.
        package let documents: Int
        /// Questions whose answers are written.
        package let questions: Int
        /// Rows that are computed to score all of these, prompts included.
        package let rows: Int
        /// Passes in which answers grow by a token, at most.
        package let writingPasses: Int
    }

    /// By the mask of the loss.
    package let examples: [LossMask: Examples]
    package let measured: Measured
    /// What is measured at ends beside it; nil for nothing.
    package let measuredAtEnds: Measured?
}

extension StudyWorkload {
    /// The work that a study's data make.
    init(_ prepared: PreparedStudy) {
        let masks = Set(prepared.study.arms.map(\.lossMask))
        examples = Dictionary(
            uniqueKeysWithValues: masks.map { ($0, Examples(prepared.training[$0])) })
        measured = Measured(prepared.evaluation)
        measuredAtEnds = prepared.finalEvaluation.map { Measured($0) }
    }
}

extension StudyWorkload.Examples {
    init(_ examples: [TokenizedExample]) {
        let lengths = examples.map { $0.ids.count - 1 }
        let losses = examples.map { example in example.weights.count { $0 > 0 } }
        count = examples.count
        tokens = lengths.reduce(0, +)
        lossTokens = losses.reduce(0, +)
        longest = lengths.max() ?? 0
        mostLossTokens = losses.max() ?? 0
    }
}

extension StudyWorkload.Measured {
    init(_ plan: EvaluationPlan) {
        let tasks = plan.targetTasks + plan.sourceTasks
        let written = tasks.filter { $0.work.passes > 0 }
        targets = plan.target.items.count
        choices = tasks.reduce(0) { $0 + $1.count } - written.reduce(0) { $0 + $1.count }
        documents = plan.text?.items.count ?? 0
        questions = written.reduce(0) { $0 + $1.count }
        let texts = plan.target.items + (plan.text?.items ?? [])
        rows = texts.reduce(0) { $0 + $1.rowCount } + tasks.reduce(0) { $0 + $1.work.rows }
        writingPasses = tasks.reduce(0) { $0 + $1.work.passes }
    }
}
