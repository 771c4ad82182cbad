import Foundation
import Testing

@testable import Verdicts

@Suite struct AccuracyTests {
    @Test(
        "Wilson's interval agrees with published examples",
        // Newcombe 1998, table I, method 3.
        arguments: [
            (81.0, 263.0, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ])
    func wilson(right: Double, count: Double, lower: Double, upper: Double) {
        let interval = WilsonInterval.interval(right: right, of: count)
        #expect(abs(interval.lower - lower) < 5e-5)
        #expect(abs(interval.upper - upper) < 5e-5)
    }

    @Test("McNemar's p is the binomial sum")
    func mcNemar() {
        // 2 · (C(10,0) + C(10,1) + C(10,2)) / 2¹⁰
        #expect(abs(PairedAccuracy.mcNemar(2, 8) - 112.0 / 1024) < 1e-14)
        #expect(PairedAccuracy.mcNemar(8, 2) == PairedAccuracy.mcNemar(2, 8))
        #expect(abs(PairedAccuracy.mcNemar(0, 6) - 2.0 / 64) < 1e-15)
        #expect(PairedAccuracy.mcNemar(0, 0) == 1)
        #expect(PairedAccuracy.mcNemar(5, 5) == 1)
    }

    @Test("paired differences have Miller's standard error")
    func paired() {
        let paired = PairedAccuracy([1, 1, 0, 1, 0], [0, 1, 0, 0, 1])
        #expect(paired.mean == 0.2)
        // d = 1, 0, 0, 1, −1: Σ(d − 0.2)² = 2.8, over 5 · 4.
        #expect(abs(paired.standardError - (2.8 / 20).squareRoot()) < 1e-15)
        #expect((paired.firstOnly, paired.secondOnly) == (2, 1))
        let half = 2.776445105 * paired.standardError
        #expect(abs(paired.interval.upper - (0.2 + half)) < 1e-8)
    }

    @Test("items that say the same in groups count as one")
    func clustered() {
        let first: [Double] = [1, 1, 0, 0, 1, 1, 0, 0]
        let second = [Double](repeating: 0, count: 8)
        let alone = PairedAccuracy(first, second)
        let grouped = PairedAccuracy(first, second, groups: [0, 0, 1, 1, 2, 2, 3, 3])
        // SE² = 2/56; each group adds 2 · 0.25 of cross terms: 4 · 0.5 / 64.
        #expect(abs(alone.standardError - (2.0 / 56).squareRoot()) < 1e-15)
        #expect(abs(grouped.standardError - (2.0 / 56 + 2.0 / 64).squareRoot()) < 1e-15)
        let single = PairedAccuracy(first, second, groups: Array(0..<8))
        #expect(abs(single.standardError - alone.standardError) < 1e-15)
    }
}
