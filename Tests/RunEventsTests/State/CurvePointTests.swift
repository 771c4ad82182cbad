import RunEvents
import Testing

@Suite struct CurvePointTests {
    private func curve(_ values: [(Int, Double)]) -> [CurvePoint] {
        values.map { CurvePoint(step: $0, tokens: $0 * 100, seconds: 0, value: $1) }
    }

    private var falling: [CurvePoint] { curve([(0, 8), (2, 4), (4, 2)]) }

    @Test("a curve is read between its points only")
    func values() {
        #expect(falling.value(atStep: 0) == 8)
        #expect(falling.value(atStep: 1) == 6)
        #expect(falling.value(atStep: 4) == 2)
        #expect(falling.value(atStep: 4.5) == nil)
        #expect(falling.value(atStep: -1) == nil)
        #expect([CurvePoint]().value(atStep: 0) == nil)
    }

    @Test("the first point from a step on")
    func firstIndex() {
        #expect(
            [-1, 0, 1, 2, 4, 5].map { falling.firstIndex(fromStep: $0) } == [0, 0, 1, 1, 2, 3])
        #expect([CurvePoint]().firstIndex(fromStep: 0) == 0)
    }

    @Test("where a level is first reached lies between two points")
    func firstReach() throws {
        #expect(falling.firstReach(of: 3) == LevelReach(step: 3, tokens: 300))
        #expect(falling.firstReach(of: 9) == LevelReach(step: 0, tokens: 0))
        #expect(falling.firstReach(of: 1) == nil)
    }

    @Test("a rise on the way does not move the place at which a level is reached")
    func reachFollowsTheRunningMinimum() {
        let risen = curve([(0, 8), (10, 4), (20, 6), (30, 2)])
        // The running minimum goes from 4 at step 20 to 2 at step 30.
        #expect(risen.firstReach(of: 3) == LevelReach(step: 25, tokens: 2500))
        #expect(risen.firstReach(of: 5) == LevelReach(step: 7.5, tokens: 750))
        #expect(risen.firstReach(of: 4) == LevelReach(step: 10, tokens: 1000))
    }

    @Test("points that are no numbers do not count")
    func finite() {
        #expect(curve([(0, .nan), (2, 4), (3, -.infinity)]).finite.map(\.step) == [2])
    }
}
