import Testing

@testable import Verdicts

@Suite struct LevelTests {
    private func crossings(_ values: [Double], lowest: Double) -> [Int: LevelGrid.Crossing] {
        var found: [Int: LevelGrid.Crossing] = [:]
        LevelGrid(base: 1, lowest: lowest).read(values) { found[$0] = $1 }
        return found
    }

    @Test("a level is read between the evaluations that enclose it")
    func interpolates() {
        let found = crossings([1, 0.5, 0], lowest: 0)
        #expect(found[0] == .init(after: 1, share: 0, width: 0.5))
        #expect(found[32] == .init(after: 1, share: 0.5, width: 0.5))
        #expect(found[64] == .init(after: 1, share: 1, width: 0.5))
        #expect(found[96] == .init(after: 2, share: 0.5, width: 0.5))
        #expect(found[96]?.value(of: [0, 10, 30]) == 20)
        #expect(found.count == 129)
    }

    @Test("what rises again does not count: the running minimum is read, at its first pass")
    func runningMinimum() {
        let found = crossings([1, 0.5, 0.9, 0.25], lowest: 0)
        #expect(found[64]?.after == 1)
        // From the minimum 0.5 to 0.25 it takes the pair of evaluations 2 and 3.
        #expect(found[80] == .init(after: 3, share: 0.5, width: 0.25))
    }

    @Test("nothing is extrapolated")
    func neverExtrapolates() {
        let found = crossings([1, 0.6], lowest: 0)
        #expect(found.keys.max() == 51)
        #expect(LevelGrid(base: 1, lowest: 0).read([1, 1.2, 1.1]) { _, _ in } == 0)
        #expect(LevelGrid(base: 1, lowest: 0).read([]) { _, _ in } == 0)
        #expect(LevelGrid(base: 1, lowest: 1).read([1, 1]) { _, _ in } == 0)
    }

    @Test("of a curve that starts above the base the levels from the base on are read")
    func startsAbove() {
        let found = crossings([1.2, 0.8], lowest: 0)
        #expect(abs((found[0]?.share ?? 0) - 0.5) < 1e-12)
    }
}
