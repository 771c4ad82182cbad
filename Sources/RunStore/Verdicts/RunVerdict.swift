internal import RunEvents
package import Verdicts

/// The verdict on a run, with the study's own budget: what `lethe verdict` says of it, as its summary
/// and its table have it.
package struct RunVerdict: Codable, Sendable, Equatable {
    /// A difference between two arms, the first less the second, with its 95 % interval.
    package struct Gap: Codable, Sendable, Equatable {
        package var mean: Double
        package var lower: Double?
        package var upper: Double?
        /// What would be drawn anew; nil without an interval.
        package var over: Interval.Scope?
        /// Two-sided, after Holm's correction over all pairs; nil with fewer than three seeds.
        package var p: Double?
    }

    /// Two arms at equal learning.
    package struct Pair: Codable, Sendable, Equatable {
        package var first: String
        package var second: String
        package var word: VerdictWord
        package var sentence: String
        /// The learning rates that are best at some of the levels.
        package var firstRates: [Double]
        package var secondRates: [Double]
        package var seeds: [UInt64]
        /// The levels: the values of learning nearest to the base, and farthest from it.
        package var from: Double?
        package var to: Double?
        /// In forgetting; nil where there are no levels.
        package var gap: Gap?
    }

    /// What the arms can learn while they forget no more than the study allows.
    package struct Budget: Codable, Sendable, Equatable {
        /// One arm at the best of its rates.
        package struct Arm: Codable, Sendable, Equatable {
            package var arm: String
            package var sentence: String
            package var learningRate: Double
            /// The mean over seeds.
            package var learned: Double
            /// The best trajectory, and the step whose checkpoint is kept.
            package var trajectory: String
            package var seed: UInt64
            package var step: Int
            package var forgotten: Double
        }

        /// Two arms within the budget.
        package struct Pair: Codable, Sendable, Equatable {
            package var first: String
            package var second: String
            package var word: BudgetReading.Word
            package var sentence: String
            /// In what is left to learn.
            package var gap: Gap
        }

        package var forgetting: Double
        /// The best first.
        package var arms: [Arm]
        package var pairs: [Pair]
    }

    /// What was learned and forgotten, in words: `code loss`.
    package var learned = ""
    package var forgotten = ""
    package var pairs: [Pair] = []
    package var budget: Budget?
    /// What weakens it; where there is no verdict, why.
    package var remarks: [String] = []
}

extension RunVerdict {
    /// Of a run's state, which need not hold what items added.
    ///
    /// - Parameters:
    ///   - run: What the run has said.
    ///   - folder: Where its items are.
    init(on run: RunState, in folder: RunFolder) {
        do {
            var judged = run
            try StoredItems.read(folder).add(to: &judged)
            let settings = VerdictSettings(budget: run.identity?.budget)
            self.init(try Verdict(try VerdictInput([judged]), settings: settings))
        } catch {
            self.init(remarks: ["\(error)"])
        }
    }

    init(_ verdict: Verdict) {
        let sentences = verdict.sentences
        learned = verdict.learned.name
        forgotten = verdict.forgotten.name
        pairs = zip(verdict.pairs, sentences).map(Pair.init)
        budget = verdict.budget.map { Budget($0, sentences.dropFirst(pairs.count)) }
        remarks = verdict.remarks
    }
}

extension RunVerdict.Gap {
    fileprivate init(_ gap: GapEstimate, _ decision: Decision?) {
        self.init(
            mean: gap.mean, lower: gap.interval?.lower, upper: gap.interval?.upper,
            over: gap.interval?.scope, p: decision?.adjustedP)
    }
}

extension RunVerdict.Pair {
    fileprivate init(_ pair: PairVerdict, _ sentence: String) {
        self.init(
            first: pair.first.arm, second: pair.second.arm, word: pair.word, sentence: sentence,
            firstRates: pair.first.rates, secondRates: pair.second.rates, seeds: pair.seeds,
            from: pair.from, to: pair.to,
            gap: pair.gap.map { RunVerdict.Gap($0, pair.decision) })
    }
}

extension RunVerdict.Budget {
    /// - Parameters:
    ///   - reading: What it is of.
    ///   - sentences: Of its arms, then of its pairs.
    fileprivate init(_ reading: BudgetReading, _ sentences: some Sequence<String>) {
        let sentences = Array(sentences)
        forgetting = reading.budget
        arms = zip(reading.arms, sentences).map(Arm.init)
        pairs = zip(reading.pairs, sentences.dropFirst(arms.count)).map(Pair.init)
    }
}

extension RunVerdict.Budget.Arm {
    fileprivate init(_ arm: BudgetReading.Arm, _ sentence: String) {
        self.init(
            arm: arm.arm, sentence: sentence, learningRate: arm.learningRate,
            learned: arm.learned, trajectory: arm.best.trajectory, seed: arm.best.seed,
            step: arm.best.step, forgotten: arm.best.forgotten)
    }
}

extension RunVerdict.Budget.Pair {
    fileprivate init(_ pair: BudgetReading.Pair, _ sentence: String) {
        self.init(
            first: pair.first, second: pair.second, word: pair.word, sentence: sentence,
            gap: RunVerdict.Gap(pair.gap, pair.decision))
    }
}
