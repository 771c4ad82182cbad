import RunEvents
import Testing

@testable import Verdicts

@Suite struct VerdictTests {
    // MARK: - Gaps and intervals

    @Test("the gap is the mean difference over the levels, and its interval Student's over seeds")
    func gapOfThreeSeeds() throws {
        // At a loss ℓ an arm has forgotten slope · (1.5 − ℓ): on average over 1.5 to 0.3, 0.6 · slope.
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [1, 1.1, 1.2])
                + MadeStudy.arm("lora", rate: 5e-3, slopes: [2, 2.2, 2.1]))
        let pair = verdict.pairs[0]
        let gap = try #require(pair.gap)
        for (value, expected) in zip(gap.gaps, [-0.6, -0.66, -0.54]) {
            #expect(abs(value - expected) < 1e-9)
        }
        #expect(abs(gap.mean + 0.6) < 1e-9)
        let half = 4.302652730 * 0.06 / 3.0.squareRoot()
        let interval = try #require(gap.interval)
        #expect(interval.scope == .seeds)
        #expect(abs(interval.lower - (-0.6 - half)) < 1e-8)
        #expect(abs(interval.upper - (-0.6 + half)) < 1e-8)
        #expect(pair.word == .firstForgetsLess)
        #expect(
            verdict.sentences == [
                "At equal code loss (1.50 to 0.30), full at 1e-3 has forgotten 0.60 nats less than "
                    + "lora at 5e-3 (95 %: 0.45 to 0.75; 3 seeds)."
            ])
    }

    @Test("who is named first does not matter")
    func turned() throws {
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("lora", slopes: [2, 2.2, 2.1])
                + MadeStudy.arm("full", slopes: [1, 1.1, 1.2]))
        #expect(verdict.pairs[0].word == .secondForgetsLess)
        #expect(
            verdict.sentences[0].contains("full at 1e-3 has forgotten 0.60 nats less than lora"))
        #expect(verdict.sentences[0].contains("0.45 to 0.75"))
    }

    @Test("within δ it is a tie, and wide of it undecided with the seeds that would decide")
    func tieAndUndecided() throws {
        let tie = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [1, 1.002, 1.001])
                + MadeStudy.arm("lora", slopes: [1.003, 1.001, 1.002]))
        #expect(tie.pairs[0].word == .tie)
        #expect(tie.sentences[0].contains("tie within 0.02"))
        let open = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [1, 1.2, 0.9])
                + MadeStudy.arm("lora", slopes: [1.1, 1.1, 1.3]))
        let decision = try #require(open.pairs[0].decision)
        #expect(open.pairs[0].word == .undecided)
        // Gaps −0.06, 0.06, −0.24: sd √0.0228; (4.3027 + 1.0607) · sd / √3.
        #expect(abs((decision.detectable ?? 0) - 0.46756) < 1e-4)
        let seeds = try #require(decision.seedsToDecide)
        let power = SeedPower(standardDeviation: 0.0228.squareRoot())
        #expect(power.detectable(seeds: seeds) <= 0.06)
        #expect(power.detectable(seeds: seeds - 1) > 0.06)
        #expect(open.sentences[0].contains("it is undecided whether full at 1e-3 or lora"))
        #expect(open.sentences[0].contains("about \(seeds) would decide"))
    }

    @Test("one seed or two decide nothing beyond themselves", arguments: [1, 2])
    func fewSeeds(count: Int) throws {
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [Double](repeating: 1, count: count))
                + MadeStudy.arm("lora", slopes: [Double](repeating: 2, count: count)))
        #expect(verdict.pairs[0].word == .undecidedBeyondSeeds)
        #expect(verdict.pairs[0].gap?.interval?.scope == .items)
        #expect(verdict.sentences[0].contains("95 % over items"))
        #expect(verdict.sentences[0].contains(count == 1 ? "with seed 0" : "with seeds 0 and 1"))
        #expect(verdict.sentences[0].contains("says nothing about others") == (count == 1))
        #expect(verdict.sentences[0].contains("undecided beyond"))
    }

    @Test("Holm: what one pair shows can be chance among many")
    func holm() throws {
        let arms = (0..<6).flatMap { arm in
            MadeStudy.arm("arm\(arm)", slopes: [1, 1.4, 0.8 + 0.1 * Double(arm)])
        }
        let clear = MadeStudy.arm("clear", slopes: [0.6667, 1.0, 0.3333])
        let alone = try MadeStudy.verdict(Array(arms.prefix(3)) + clear)
        let among = try MadeStudy.verdict(arms + clear)
        let pair = try #require(among.pairs.first { $0.second.arm == "clear" })
        #expect(alone.pairs[0].word == .secondForgetsLess)
        #expect(pair.word == .undecided)
        #expect(pair.decision?.objection == .manyPairs)
        #expect(among.sentences.contains { $0.contains("Of 21 pairs one can look like this") })
    }

    // MARK: - Rates

    @Test("the best rate stands for an arm; at an end of its grid it is said")
    func envelope() throws {
        let full = [0.5e-3, 1e-3, 2e-3].enumerated().flatMap { index, rate in
            MadeStudy.arm("full", rate: rate, slopes: [1.5, 1, 1.7].map { $0 + Double(index) })
        }
        let lora = [2e-3, 5e-3, 1e-2].enumerated().flatMap { index, rate in
            MadeStudy.arm(
                "lora", rate: rate, slopes: [5, 5.1, 4.9].map { $0 + (index == 1 ? 0 : 1) })
        }
        let verdict = try MadeStudy.verdict(full + lora)
        #expect(verdict.pairs[0].first.rates == [0.5e-3])
        #expect(verdict.pairs[0].second.rates == [5e-3])
        #expect(
            verdict.remarks.contains {
                $0.contains("best rate of full is at the lower (5e-4) end of its grid")
            })
        #expect(!verdict.remarks.contains { $0.contains("best rate of lora") })
    }

    @Test("one rate: whether another is better is not known")
    func oneRate() throws {
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [1, 1, 1]) + MadeStudy.arm("lora", slopes: [2, 2, 2]))
        #expect(verdict.remarks.contains { $0.hasPrefix("full has one rate, 1e-3") })
    }

    @Test("rates are chosen on one half and reported on the other")
    func halves() throws {
        // One rate is lucky on the selection half, the other on the report half.
        var input = MadeStudy.input(
            MadeStudy.arm("full", rate: 1e-3, slopes: [1])
                + MadeStudy.arm("full", rate: 2e-3, slopes: [1])
                + MadeStudy.arm("lora", slopes: [1]))
        for (trajectory, lucky) in [(0, 0), (1, 1)] {
            for point in input.trajectories[trajectory].points.indices where point > 0 {
                let sums = input.trajectories[trajectory].points[point].forgottenSums[0]
                input.trajectories[trajectory].points[point].forgottenSums[0] =
                    sums.enumerated().map { $0 % 2 == lucky ? $1 - 2 : $1 }
            }
        }
        let verdict = try Verdict(input, settings: VerdictSettings(draws: 100))
        #expect(verdict.pairs[0].first.rates == [1e-3])
        #expect(abs(verdict.pairs[0].gap?.mean ?? 1) < 1e-9)
        for index in input.trajectories.indices {
            for point in input.trajectories[index].points.indices {
                input.trajectories[index].points[point].learnedSums = []
            }
        }
        let curves = try Verdict(input, settings: VerdictSettings(draws: 100))
        #expect(!curves.choosesApart)
        #expect(curves.pairs[0].gap?.interval == nil)
        #expect(curves.remarks.contains { $0.contains("chosen on the data that are reported") })
        #expect(curves.sentences[0].contains("no interval"))
    }

    // MARK: - Not at equal learning

    @Test("an arm that never learns leaves the other alone")
    func neverLearns() throws {
        let flat: MadeStudy.Curve = (0..<13).map { (1.5 + 0.01 * Double($0), 0.1) }
        let idle = (0..<3).map { MadeStudy.trajectory("idle", seed: $0, flat) }
        let verdict = try MadeStudy.verdict(MadeStudy.arm("full", slopes: [1, 1, 1]) + idle)
        #expect(verdict.pairs[0].word == .firstOnly)
        #expect(verdict.sentences[0].hasPrefix("full only: idle never reaches the code loss"))
        let neither = try MadeStudy.verdict(
            idle + (0..<3).map { MadeStudy.trajectory("still", seed: $0, flat) })
        #expect(neither.pairs[0].word == .neitherLearns)
        #expect(neither.sentences[0].hasPrefix("Neither idle nor still learns"))
    }

    @Test("seeds that stop short are told, and what others reached is not compared")
    func censored() throws {
        var lora = MadeStudy.arm("lora", slopes: [2, 2, 2])
        lora[2].points = Array(lora[2].points.prefix(7))
        let verdict = try MadeStudy.verdict(MadeStudy.arm("full", slopes: [1, 1, 1]) + lora)
        let pair = verdict.pairs[0]
        #expect(abs((pair.to ?? 0) - 0.9) < 0.01)
        #expect(pair.second.seedsReached == 2)
        #expect(
            verdict.remarks.contains {
                $0.contains("lora is not compared with full: 2 of 3 seeds reached 0.30")
            })
    }

    @Test("where seeds of both arms stop short, one remark tells it")
    func bothCensored() throws {
        var (full, lora) = (
            MadeStudy.arm("full", slopes: [1, 1, 1]), MadeStudy.arm("lora", slopes: [2, 2, 2])
        )
        full[0].points = Array(full[0].points.prefix(9))
        lora[1].points = Array(lora[1].points.prefix(7))
        lora[2].points = Array(lora[2].points.prefix(7))
        let remarks = try MadeStudy.verdict(full + lora).remarks.filter { $0.hasPrefix("Beyond") }
        #expect(
            remarks == [
                "Beyond 0.90, full and lora are not compared: 2 and 1 of 3 seeds reached 0.30."
            ])
    }

    @Test("strides that are too long resolve nothing")
    func unresolved() throws {
        let coarse = (0..<3).map { seed in
            MadeStudy.trajectory("full", seed: seed, MadeStudy.line(to: 0.3, slope: 1, points: 4))
        }
        let verdict = try MadeStudy.verdict(coarse + MadeStudy.arm("lora", slopes: [2, 2, 2]))
        #expect(verdict.pairs[0].word == .unresolved)
        #expect(verdict.sentences[0].contains("unresolved at equal code loss"))
        #expect(verdict.sentences[0].contains("evaluate earlier"))
    }

    @Test(
        "beyond a long stride the levels farther from the base are compared, if they are many enough"
    )
    func farthestRun() throws {
        func arm(_ name: String, until first: Double, from second: Double) -> Trajectory {
            let early = stride(from: 1.5, through: first, by: -0.05).map { ($0, 1.5 - $0) }
            let late = stride(from: second, through: 0.3, by: -0.05).map { ($0, 1.5 - $0) }
            return MadeStudy.trajectory(name, early + late)
        }
        for (first, second, isLate) in [(0.95, 0.7, true), (0.8, 0.5, false)] {
            let pair = try MadeStudy.verdict(
                ["full", "lora"].map { arm($0, until: first, from: second) }
            ).pairs[0]
            let (from, to) = (try #require(pair.from), try #require(pair.to))
            #expect(abs(from - (isLate ? second : 1.5)) < 0.06)
            #expect(abs(to - (isLate ? 0.3 : first)) < 0.06)
        }
    }

    @Test("arms without a common seed are not paired")
    func notPaired() throws {
        var lora = MadeStudy.arm("lora", slopes: [2, 2, 2])
        for index in lora.indices { lora[index].seed += 10 }
        let verdict = try MadeStudy.verdict(MadeStudy.arm("full", slopes: [1, 1, 1]) + lora)
        #expect(verdict.pairs[0].word == .notPaired)
        #expect(verdict.sentences[0].contains("no seed in common"))
    }

    @Test("numbers that are not finite end a trajectory, and are told", arguments: [3, 0])
    func diverged(step: Int) throws {
        var full = MadeStudy.arm("full", slopes: [1, 1, 1])
        full += MadeStudy.arm("full", rate: 1, slopes: [1, 1, 1])
        for index in 3..<6 {
            for point in step..<13 { full[index].points[point].learned = .nan }
        }
        let verdict = try MadeStudy.verdict(full + MadeStudy.arm("lora", slopes: [2, 2, 2]))
        #expect(verdict.pairs[0].word == .firstForgetsLess)
        #expect(verdict.pairs[0].first.rates.contains(1e-3))
        #expect(
            verdict.remarks.contains {
                $0.contains(
                    "full at 1e0, seed 0, came to numbers that are not finite at step \(step)")
            })
    }

    @Test("an arm of which all diverged at once leaves the other alone")
    func allDiverged() throws {
        var full = MadeStudy.arm("full", slopes: [1, 1, 1])
        for index in full.indices {
            for point in 1..<13 { full[index].points[point].forgotten = .infinity }
        }
        let verdict = try MadeStudy.verdict(full + MadeStudy.arm("lora", slopes: [2, 2, 2]))
        #expect(verdict.pairs[0].word == .secondOnly)
        #expect(verdict.remarks.count { $0.contains("not finite at step 1") } == 3)
    }

    @Test("curves that cross are told with both sides")
    func crossing() throws {
        let bent = { (slope: Double) -> MadeStudy.Curve in
            MadeStudy.line(to: 0.3, slope: 0).map { left, _ in
                (left, left > 0.9 ? 0 : slope * (0.9 - left))
            }
        }
        let late = (0..<3).map {
            MadeStudy.trajectory("late", seed: $0, bent(4 + 0.05 * Double($0)))
        }
        let verdict = try MadeStudy.verdict(late + MadeStudy.arm("even", slopes: [1, 1.01, 0.99]))
        let crossing = try #require(verdict.pairs[0].crossing)
        #expect(crossing.before < -0.1 && crossing.after > 0.1)
        #expect(verdict.remarks.contains { $0.hasPrefix("The curves of late and even cross near") })
    }

    // MARK: - What it rests on

    @Test("of decaying rates only ends count, and a mix is refused")
    func ends() throws {
        let runs = { (arm: String, slope: Double) -> [Trajectory] in
            let curve = MadeStudy.line(to: 0.3, slope: slope)
            return (0..<3).flatMap { seed in
                (2...13).map { length in
                    // On the way everything is worse than at an end.
                    let way = curve.prefix(length).enumerated().map { index, point in
                        index == 0 || index == length - 1
                            ? point : (point.left, point.forgotten + 5)
                    }
                    var run = MadeStudy.trajectory(arm, seed: UInt64(seed), way, course: .decaying)
                    run.name += "-\(length)"
                    return run
                }
            }
        }
        let verdict = try MadeStudy.verdict(runs("full", 1) + runs("lora", 2))
        #expect(verdict.basis == .ends)
        #expect(abs((verdict.pairs[0].gap?.mean ?? 0) + 0.6) < 1e-9)
        #expect(verdict.remarks[0].contains("ends of runs alone"))
        #expect(throws: VerdictError.mixed(decaying: ["full"], others: ["lora"])) {
            try MadeStudy.verdict(runs("full", 1) + MadeStudy.arm("lora", slopes: [2]))
        }
        let single = try MadeStudy.verdict(
            [runs("full", 1)[11], runs("lora", 2)[11]])
        #expect(single.pairs[0].word == .unresolved)
        #expect(single.sentences[0].contains("give `steps` more lengths"))
    }

    @Test("seeds on their way are left out while others are over")
    func running() throws {
        var full = MadeStudy.arm("full", slopes: [1, 1, 1, 1])
        full[3].isOver = false
        full[3].points = Array(full[3].points.prefix(3))
        let lora = MadeStudy.arm("lora", slopes: [2, 2, 2, 2])
        let verdict = try MadeStudy.verdict(full + lora)
        #expect(verdict.running == [3])
        #expect(verdict.pairs[0].seeds == [0, 1, 2])
        #expect(verdict.remarks.contains { $0.contains("Left out until they are done: seed 3") })
        full = MadeStudy.arm("full", slopes: [1])
        full[0].isOver = false
        let live = try MadeStudy.verdict(full + MadeStudy.arm("lora", slopes: [2]))
        #expect(!live.isFinal)
        #expect(live.pairs[0].gap != nil)
    }

    @Test("one arm is nothing to compare")
    func oneArm() {
        #expect(throws: VerdictError.nothingToCompare(arms: ["full"])) {
            try MadeStudy.verdict(MadeStudy.arm("full", slopes: [1]))
        }
    }

    @Test("what it took to the lowest common level, and the same verdict every time")
    func costAndSeed() throws {
        let trajectories =
            MadeStudy.arm("full", slopes: [1, 1, 1])
            + MadeStudy.arm("lora", slopes: [2, 2, 2], to: -0.9)
        let verdict = try MadeStudy.verdict(trajectories)
        let cost = try #require(verdict.cost)
        #expect(abs((cost.arms[0].cost?.tokens ?? 0) - 1200) < 20)
        #expect(abs((cost.arms[1].cost?.tokens ?? 0) - 600) < 20)
        #expect(try MadeStudy.verdict(trajectories) == verdict)
    }
}
