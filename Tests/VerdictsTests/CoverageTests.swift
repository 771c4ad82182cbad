import Foundation
import SimulatedStudies
import Testing

@testable import Verdicts

/// What the intervals and the words promise, on thousands of studies whose truth is known: in optimised
/// tests, for otherwise it takes minutes.
@Suite(.enabled(if: isOptimised, "runs in the optimised tests of Scripts/test"))
struct CoverageTests {
    /// What happened on many studies of one kind.
    private struct Outcome {
        var studies = 0
        /// Intervals that contain the truth.
        var covered = 0
        /// The same of the intervals over items beside those over seeds.
        var itemsCovered = 0
        var withItems = 0
        var firstWins = 0
        var secondWins = 0
        var ties = 0
        var gaps = 0.0

        func share(_ count: Int) -> Double { Double(count) / Double(max(1, studies)) }
    }

    private static let studies = 2_000

    private static func run(_ study: SimulatedStudy, seed: UInt64) throws -> Outcome {
        var random = NormalRandom(seed: seed)
        var outcome = Outcome()
        for number in 0..<studies {
            let made = study.make(&random)
            let verdict = try Verdict(
                made.input, settings: VerdictSettings(draws: 400, seed: UInt64(number)))
            let pair = verdict.pairs[0]
            guard let gap = pair.gap, let interval = gap.interval else { continue }
            let truth = Truth(study: study, made: made, verdict: verdict)
            outcome.studies += 1
            outcome.gaps += gap.mean
            let expected = truth.gap(interval.scope, pair)
            if interval.lower <= expected, expected <= interval.upper { outcome.covered += 1 }
            if let items = gap.items {
                let expected = truth.gap(.items, pair)
                outcome.withItems += 1
                if items.lower <= expected, expected <= items.upper { outcome.itemsCovered += 1 }
            }
            switch pair.word {
            case .firstForgetsLess: outcome.firstWins += 1
            case .secondForgetsLess: outcome.secondWins += 1
            case .tie: outcome.ties += 1
            default: break
            }
        }
        return outcome
    }

    /// Two arms, the first of which forgets less.
    private static let different = [
        SimulatedStudy.Arm("full", forgets: [1.0, 1.6, 2.4]),
        SimulatedStudy.Arm("lora", forgets: [1.3, 2.0, 3.0]),
    ]

    @Test(
        "95 % intervals cover in 93 to 97 %", arguments: isThorough ? [1, 2, 3, 5, 8] : [1, 3, 8])
    func coverage(seeds: Int) throws {
        let outcome = try Self.run(
            SimulatedStudy(arms: Self.different, seeds: seeds), seed: UInt64(100 + seeds))
        #expect(outcome.studies == Self.studies)
        #expect((0.93...0.97).contains(outcome.share(outcome.covered)))
        if outcome.withItems > 0 {
            let share = Double(outcome.itemsCovered) / Double(outcome.withItems)
            #expect((0.93...0.97).contains(share))
        }
        #expect(outcome.secondWins == 0)
    }

    /// Most rates end on the way, as in real studies: each seed goes over to the next one, which forgets
    /// several times as much, where its own curve ends.
    @Test(
        "intervals cover too where the best rates do not come far",
        arguments: isThorough ? [3, 5, 8] : [3])
    func rateEnds(seeds: Int) throws {
        let arms = [
            SimulatedStudy.Arm("full", forgets: [0.3, 1, 4]),
            SimulatedStudy.Arm("lora", forgets: [0.4, 1.5, 6]),
        ]
        var study = SimulatedStudy(arms: arms, seeds: seeds)
        study.steps = [0, 1, 2, 3, 4, 6, 8, 12, 16, 20, 25, 30]
        let outcome = try Self.run(study, seed: UInt64(400 + seeds))
        #expect(outcome.studies == Self.studies)
        #expect((0.93...0.97).contains(outcome.share(outcome.covered)))
        #expect(outcome.share(outcome.secondWins) <= 0.01)
    }

    @Test("of equal arms at most 5 % are told apart", arguments: isThorough ? [3, 8] : [3])
    func equalArms(seeds: Int) throws {
        let arms = ["first", "second"].map {
            SimulatedStudy.Arm($0, forgets: [1.0, 1.5, 2.2])
        }
        let outcome = try Self.run(
            SimulatedStudy(arms: arms, seeds: seeds), seed: UInt64(200 + seeds))
        #expect((0.93...0.97).contains(outcome.share(outcome.covered)))
        #expect(outcome.share(outcome.firstWins + outcome.secondWins) <= 0.05)
    }

    /// The worst case for choosing: all rates are as good, and luck alone picks among nine of them.
    ///
    /// Choices then vary with the seeds that make them, which an interval over three seeds does not see
    /// in full: it covered in 91 % of such studies, with eight seeds in 93 %. The words hold.
    @Test(
        "an arm with three times as many rates is not favoured",
        arguments: isThorough ? [3, 8] : [3])
    func manyRates(seeds: Int) throws {
        let few = SimulatedStudy.Arm("few", forgets: [1, 1, 1])
        let many = SimulatedStudy.Arm("many", forgets: [Double](repeating: 1, count: 9))
        let outcome = try Self.run(
            SimulatedStudy(arms: [few, many], seeds: seeds), seed: UInt64(300 + seeds))
        #expect(outcome.share(outcome.firstWins + outcome.secondWins) <= 0.05)
        #expect(abs(outcome.share(outcome.firstWins) - outcome.share(outcome.secondWins)) < 0.01)
        #expect(abs(outcome.gaps / Double(outcome.studies)) < 0.005)
    }

    @Test("60 trajectories of 200 points are judged with 1,000 resamples within a second")
    func speed() throws {
        var random = NormalRandom(seed: 1)
        var study = SimulatedStudy(
            arms: (0..<20).map { SimulatedStudy.Arm("arm\($0)", forgets: [1, 1.5, 2]) }, seeds: 1)
        study.steps = Array(0..<200)
        study.items = 200
        let made = study.make(&random)
        #expect(made.input.trajectories.count == 60)
        let start = Self.threadSeconds
        let verdict = try Verdict(made.input)
        let seconds = Self.threadSeconds - start
        #expect(verdict.pairs.count == 190)
        #expect(seconds < 1, "it took \(seconds) s of the processor")
    }

    /// Of this thread, whatever else the machine does.
    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Whether every number of seeds is tried (`LETHE_THOROUGH=1`); else those that differ most, for each
/// takes up to a minute.
private let isThorough = ProcessInfo.processInfo.environment["LETHE_THOROUGH"] == "1"

/// Whether the tests themselves are optimised.
private let isOptimised = !_isDebugAssertConfiguration()

/// The true gap of a simulated study, over the levels and at the rates that a verdict chose.
private struct Truth {
    let study: SimulatedStudy
    let made: SimulatedStudy.Made
    let verdict: Verdict

    /// What an interval of this scope is about.
    func gap(_ scope: Interval.Scope, _ pair: PairVerdict) -> Double {
        guard let from = pair.from, let to = pair.to else { return .nan }
        let first = verdict.arms[0].envelope.filter { $0.learned <= from && $0.learned >= to }
        let second = verdict.arms[1].envelope.filter { $0.learned <= from && $0.learned >= to }
        let gaps = zip(first, second).map { forgotten(0, $0, scope) - forgotten(1, $1, scope) }
        return gaps.reduce(0, +) / Double(gaps.count)
    }

    private func forgotten(
        _ arm: Int, _ point: ArmVerdict.EnvelopePoint, _ scope: Interval.Scope
    ) -> Double {
        // What is left to learn on all items that may be drawn.
        let left = point.learned / made.leftFactor[arm]
        switch scope {
        case .seeds:
            // Other runs, on these items.
            return study.forgetting(of: arm, comingTo: left) * SimulatedStudy.shape(left)
                * made.forgottenFactor[arm]
        case .items:
            // Other items, for these runs.
            let ofSeeds = zip(made.forgets[arm], point.learningRates).map { forgets, rate in
                forgets[Int(log2(rate / 1e-4).rounded())]
            }
            return ofSeeds.reduce(0, +) / Double(ofSeeds.count)
                * SimulatedStudy.shape(point.learned)
        case .seedsAndItems:
            return study.forgetting(of: arm, comingTo: left) * SimulatedStudy.shape(point.learned)
        }
    }
}
