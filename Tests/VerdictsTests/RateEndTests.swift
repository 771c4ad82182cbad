import Testing

@testable import Verdicts

/// Arms whose best rate does not come as far as the others.
@Suite struct RateEndTests {
    private static let low = 1e-4
    private static let high = 1e-2

    /// A slow rate that forgets a nat for each nat learned, to a loss of its own for each seed, and a fast
    /// one that forgets four and comes to 0.3.
    private func arm(_ name: String, lowEnds: [Double], scale: Double = 1) -> [Trajectory] {
        lowEnds.enumerated().flatMap { seed, end in
            [
                MadeStudy.trajectory(
                    name, rate: Self.low, seed: UInt64(seed), MadeStudy.line(to: end, slope: scale)),
                MadeStudy.trajectory(
                    name, rate: Self.high, seed: UInt64(seed),
                    MadeStudy.line(to: 0.3, slope: 4 * scale)),
            ]
        }
    }

    private func verdict(_ lowEnds: [Double]) throws -> Verdict {
        try MadeStudy.verdict(
            arm("full", lowEnds: lowEnds) + arm("lora", lowEnds: lowEnds.map { _ in 0.3 }, scale: 2)
        )
    }

    @Test("each seed is read at the best rate that comes so far with it")
    func ownRates() throws {
        let verdict = try verdict([0.9, 0.6, 0.6])
        let full = verdict.arms[0].envelope
        for (loss, rates) in [
            (1.2, [Self.low, Self.low, Self.low]), (0.75, [Self.high, Self.low, Self.low]),
            (0.4, [Self.high, Self.high, Self.high]),
        ] {
            let point = try #require(
                full.min { abs($0.learned - loss) < abs($1.learned - loss) })
            #expect(point.learningRates == rates)
            for (rate, forgotten) in zip(rates, point.forgotten) {
                let slope: Double = rate == Self.low ? 1 : 4
                #expect(abs(forgotten - slope * (1.5 - point.learned)) < 1e-9)
            }
        }
        let side = verdict.pairs[0].first
        #expect(abs((side.mixedFrom ?? 0) - 0.9) < 0.01 && abs((side.mixedTo ?? 0) - 0.6) < 0.01)
        #expect(
            verdict.remarks.contains(
                "Between 0.89 and 0.60 not every seed of full is read at the same rate, but each at the "
                    + "best that comes so far with it."))
        #expect(verdict.pairs[0].second.mixedFrom == nil)
    }

    @Test("a seed that stops short does not move the gaps of the others")
    func others() throws {
        let three = try verdict([0.6, 0.6, 0.6])
        let four = try verdict([0.6, 0.6, 0.6, 1.2])
        #expect(four.pairs[0].from == three.pairs[0].from)
        #expect(four.pairs[0].to == three.pairs[0].to)
        let (a, b) = (try #require(three.pairs[0].gap), try #require(four.pairs[0].gap))
        for seed in 0..<3 { #expect(abs(a.gaps[seed] - b.gaps[seed]) < 1e-9) }
        #expect(b.gaps[3] > b.gaps[0] + 0.5)
    }

    @Test("where an arm is left with its highest rate, the gap before and from there on is told")
    func lastRate() throws {
        let verdict = try verdict([0.6, 0.6, 0.6])
        let last = try #require(verdict.pairs[0].lastRate)
        #expect(last.arm == "full" && abs(last.from - 0.6) < 0.01)
        // Full less LoRA: (1 − 2) · the way on the average up to there, (4 − 2) · the way after it.
        #expect(abs(last.before + 0.45) < 0.01 && abs(last.after - 2 * 1.05) < 0.02)
        let remark = try #require(verdict.remarks.first { $0.contains("highest rate") })
        #expect(
            remark.hasPrefix(
                "From 0.59 on full is left with its highest rate. What it has forgotten more is there "
                    + "2.11 nats instead of -0.45 nats (lora), so"))
        let even = try MadeStudy.verdict(
            arm("full", lowEnds: [0.3, 0.3, 0.3]) + arm("lora", lowEnds: [0.3, 0.3, 0.3], scale: 2))
        #expect(even.pairs[0].lastRate == nil)
    }
}
