import RunEvents
import Testing

@testable import Verdicts

/// A verdict at one level of learning, and what it took to come there.
@Suite struct LevelReadingTests {
    private func verdict(_ trajectories: [Trajectory], at level: Double?) throws -> Verdict {
        try Verdict(
            MadeStudy.input(trajectories), settings: VerdictSettings(level: level, draws: 100))
    }

    @Test("the gap at a level is the difference there, seed by seed")
    func gap() throws {
        // At a loss ℓ an arm has forgotten slope · (1.5 − ℓ).
        let arms =
            MadeStudy.arm("full", slopes: [1, 1.1, 1.2])
            + MadeStudy.arm("lora", rate: 5e-3, slopes: [2, 2.2, 2.1])
        for level in [1.35, 0.9, 0.3] {
            let verdict = try verdict(arms, at: level)
            let pair = verdict.pairs[0]
            let gaps = try #require(pair.gap).gaps
            for (gap, slopes) in zip(gaps, [-1, -1.1, -0.9]) {
                #expect(abs(gap - slopes * (1.5 - level)) < 1e-9, "\(level)")
            }
            #expect(abs(try #require(verdict.level) - level) < 1e-12)
            #expect(pair.from == verdict.level && pair.to == verdict.level)
            #expect(pair.word == .firstForgetsLess)
            // At the very lowest level half of the resamples do not come to it.
            if level > 0.3 { #expect(pair.gap?.items != nil, "items are resampled at the level") }
        }
        #expect(
            try verdict(arms, at: 0.9).sentences == [
                "At code loss 0.90, full at 1e-3 has forgotten 0.60 nats less than lora at 5e-3 "
                    + "(95 %: 0.45 to 0.75; 3 seeds)."
            ])
    }

    @Test("each rate is read at the level, and the best there stands for the arm")
    func rates() throws {
        // Fast at first and costly: the best rate is another one below a loss of 0.9.
        let low: MadeStudy.Curve = MadeStudy.line(to: 0.9, slope: 0.5)
        let high = MadeStudy.line(to: 0.3, slope: 1)
        let trajectories = (0..<3).flatMap { seed in
            [
                MadeStudy.trajectory("full", rate: 1e-3, seed: UInt64(seed), low),
                MadeStudy.trajectory("full", rate: 2e-3, seed: UInt64(seed), high),
                MadeStudy.trajectory("lora", rate: 1e-2, seed: UInt64(seed), high),
            ]
        }
        let early = try verdict(trajectories, at: 1.2)
        let late = try verdict(trajectories, at: 0.6)
        #expect(early.pairs[0].first.rates == [1e-3])
        #expect(late.pairs[0].first.rates == [2e-3])
        let read = early.arms[0].rates.map { $0.forgottenAtLevel ?? [] }
        #expect(read.map(\.count) == [3, 3])
        #expect(abs(read[0][0] - 0.15) < 0.01 && abs(read[1][0] - 0.3) < 0.01)
        #expect(late.arms[0].rates.map { $0.forgottenAtLevel?.count } == [0, 3])
        #expect(try verdict(trajectories, at: nil).arms[0].rates[0].forgottenAtLevel == nil)
    }

    @Test("a level that one arm alone comes to, or none, is said so")
    func unreached() throws {
        let arms =
            MadeStudy.arm("full", slopes: [1, 1, 1])
            + MadeStudy.arm("lora", slopes: [1, 1, 1], to: 0.8)
            + MadeStudy.arm("vera", slopes: [1, 1, 1], to: 1.1)
        let verdict = try verdict(arms, at: 0.5)
        #expect(verdict.pairs.map(\.word) == [.firstOnly, .firstOnly, .neitherLearns])
        #expect(
            verdict.sentences[0]
                == "full only: lora never reaches code loss 0.50; it comes to 0.80.")
        #expect(
            verdict.sentences[2]
                == "Neither lora nor vera reaches code loss 0.50: they come to code loss 0.80 and "
                + "1.10.")
        #expect(!verdict.remarks.contains { $0.contains("is not compared with") })
        for beyond in [0.1, 1.7] {
            let error = #expect(throws: VerdictError.self) { try self.verdict(arms, at: beyond) }
            #expect(error?.description.hasSuffix("the trajectories go from 1.50 to 0.30") == true)
        }
    }

    @Test("a stride over the level that is too long resolves nothing there")
    func unresolved() throws {
        let coarse: MadeStudy.Curve = [(1.5, 0), (1.4, 0.1), (0.6, 0.9), (0.5, 1)]
        let fine = MadeStudy.line(to: 0.5, slope: 1)
        let trajectories = (0..<3).flatMap { seed in
            [
                MadeStudy.trajectory("full", seed: UInt64(seed), coarse),
                MadeStudy.trajectory("lora", seed: UInt64(seed), fine),
            ]
        }
        let verdict = try verdict(trajectories, at: 1)
        #expect(verdict.pairs[0].word == .unresolved)
        #expect(verdict.sentences[0].hasPrefix("full and lora are unresolved at code loss 1.00:"))
        #expect(verdict.sentences[0].contains("evaluate earlier"))
    }

    @Test("accuracies rise: levels are their values")
    func accuracies() throws {
        let trajectories = ["full", "lora"].flatMap { arm in
            (0..<3).map { seed in
                Trajectory(
                    name: "\(arm)-\(seed)", arm: arm, learningRate: 1, seed: UInt64(seed),
                    course: .constant,
                    points: (0...10).map { step in
                        Trajectory.Point(
                            step: step, learned: 0.08 * Double(step),
                            forgotten: 0.9 - (arm == "full" ? 0.02 : 0.05) * Double(step))
                    })
            }
        }
        let input = VerdictInput(
            learned: Axis(name: "exact match", unit: .points, isHigherBetter: true),
            forgotten: Axis(name: "retained accuracy", unit: .points, isHigherBetter: true),
            trajectories: trajectories)
        let verdict = try Verdict(input, settings: VerdictSettings(level: 0.4))
        #expect(verdict.level == 0.4)
        #expect(abs((verdict.pairs[0].gap?.mean ?? 0) + 0.15) < 1e-9)
        #expect(verdict.sentences[0].hasPrefix("At exact match 0.40, full"))
    }

    @Test("the cost is that of the best rate, to the level or to the lowest that all come to")
    func cost() throws {
        // Twelve steps to 0.3, and to 0.6; a hundred tokens a step.
        let arms =
            MadeStudy.arm("full", slopes: [1, 1, 1])
            + MadeStudy.arm("lora", slopes: [1, 1], to: 0.6)
            + [MadeStudy.trajectory("stuck", MadeStudy.line(to: 1.5, slope: 0))]
        let common = try #require(try verdict(arms, at: nil).cost)
        #expect(abs(common.learned - 0.6) < 0.01)
        #expect(common.arms.map(\.arm) == ["full", "lora", "stuck"])
        #expect(abs((common.arms[0].cost?.steps ?? 0) - 9) < 0.1)
        #expect(abs((common.arms[1].cost?.tokens ?? 0) - 1200) < 15)
        #expect(common.arms[2].cost == nil && common.arms[2].learningRates.isEmpty)
        let asked = try #require(try verdict(arms, at: 0.45).cost)
        #expect(abs((asked.arms[0].cost?.seconds ?? 0) - 10.5) < 0.1)
        #expect(asked.arms[1].cost == nil)
    }
}
