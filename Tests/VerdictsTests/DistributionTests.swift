import Foundation
import Testing

@testable import Verdicts

@Suite struct DistributionTests {
    @Test(
        "quantiles of Student's t agree with the published tables",
        arguments: [
            (1.0, 0.975, 12.706204736), (2, 0.975, 4.302652730), (3, 0.975, 3.182446305),
            (4, 0.975, 2.776445105), (7, 0.975, 2.364624252), (10, 0.975, 2.228138852),
            (30, 0.975, 2.042272456), (100, 0.975, 1.983971519), (2, 0.8, 1.060660172),
            (4, 0.8, 0.940964577), (9, 0.8, 0.883403860), (5, 0.995, 4.032142984),
            (1, 0.025, -12.706204736), (6, 0.5, 0),
        ])
    func studentQuantiles(degrees: Double, p: Double, expected: Double) {
        #expect(abs(StudentT(degrees: degrees).quantile(p) - expected) < 1e-8)
    }

    @Test("one degree of freedom is Cauchy, two have a closed form", arguments: [0.1, 1, 3, 50])
    func closedForms(t: Double) {
        let cauchy = 0.5 - atan(t) / .pi
        #expect(abs(StudentT(degrees: 1).upperTail(t) - cauchy) < 1e-14)
        let two = (1 - t / (2 + t * t).squareRoot()) / 2
        #expect(abs(StudentT(degrees: 2).upperTail(t) - two) < 1e-14)
        #expect(abs(StudentT(degrees: 2).upperTail(-t) - (1 - two)) < 1e-14)
    }

    @Test("many degrees of freedom are the normal distribution")
    func manyDegrees() {
        let t = StudentT(degrees: 1e7).quantile(0.975)
        #expect(abs(t - NormalDistribution.quantile(0.975)) < 1e-6)
    }

    @Test(
        "quantiles of the normal distribution agree with the published values",
        arguments: [
            (0.975, 1.959963984540054), (0.8, 0.8416212335729143), (0.5, 0),
            (0.025, -1.959963984540054), (1e-10, -6.361340902404056),
        ])
    func normalQuantiles(p: Double, expected: Double) {
        #expect(abs(NormalDistribution.quantile(p) - expected) < 1e-12)
    }

    @Test("quantiles undo the distributions, and have the ends")
    func roundTrip() {
        for p in stride(from: 0.01, through: 0.99, by: 0.07) {
            #expect(abs(NormalDistribution.cumulative(NormalDistribution.quantile(p)) - p) < 1e-14)
            let t = StudentT(degrees: 3.5)
            #expect(abs(1 - t.upperTail(t.quantile(p)) - p) < 1e-13)
        }
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(StudentT(degrees: 2).quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(-1).isNaN)
    }

    @Test("seed 1234567 gives the published SplitMix64 sequence")
    func random() {
        var random = ResampleRandom(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 { counts[random.index(below: 6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 1000) < 120 })
    }

    @Test("Holm multiplies the smallest by all, and never lets a larger one be smaller")
    func holm() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
            #expect(abs(value - expected) < 1e-15)
        }
        #expect(Holm.adjusted([0.6, 0.7]) == [1, 1])
        #expect(Holm.adjusted([]) == [])
    }
}
