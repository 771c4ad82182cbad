import RunEvents
import Testing

@Suite struct CurvePointTests {
    private struct Point: CurvePoint {
        var step: Int
        var tokens: Int { step * 100 }
        var value: Double
    }

    private let curve = [(0, 8.0), (2, 4.0), (4, 2.0)].map { Point(step: $0, value: $1) }

    @Test("a curve is read between its points only")
    func values() {
        #expect(curve.value(atStep: 0) == 8)
        #expect(curve.value(atStep: 1) == 6)
        #expect(curve.value(atStep: 4) == 2)
        #expect(curve.value(atStep: 4.5) == nil)
        #expect(curve.value(atStep: -1) == nil)
        #expect([Point]().value(atStep: 0) == nil)
    }

    @Test("the first point from a step on")
    func firstIndex() {
        #expect([-1, 0, 1, 2, 4, 5].map { curve.firstIndex(fromStep: $0) } == [0, 0, 1, 1, 2, 3])
        #expect([Point]().firstIndex(fromStep: 0) == 0)
    }

    @Test("where a level is first reached lies between two points")
    func firstReach() throws {
        let reach = try #require(curve.firstReach(of: 3))
        #expect(reach == (3, 300))
        #expect(try #require(curve.firstReach(of: 9)) == (0, 0))
        #expect(curve.firstReach(of: 1) == nil)
    }

    @Test("points that are no numbers do not count")
    func finite() {
        let broken = [Point(step: 0, value: .nan), curve[1], Point(step: 3, value: -.infinity)]
        #expect(broken.finite.map(\.step) == [2])
    }
}
