import RunEvents
import TestSupport
import Testing

@Suite struct CurveTests {
    private func point(_ step: Int, _ value: Double) -> CurvePoint {
        CurvePoint(step: step, tokens: step, seconds: Double(step), value: value)
    }

    private func curve(_ values: [Int: Double], isBounded: Bool = false) -> Curve {
        var curve = Curve(isBounded: isBounded)
        for (step, value) in values { curve.add(point(step, value)) }
        return curve
    }

    @Test("a curve keeps the latest value of a step, in whatever order steps come")
    func latestValueOfAStep() {
        var curve = Curve()
        for (step, value) in [(0, 9.0), (4, 2.0), (2, 4.0), (0, 8.0), (4, 1)] {
            curve.add(point(step, value))
        }
        #expect(curve.points.map(\.step) == [0, 2, 4])
        #expect(curve.points.map(\.value) == [8, 4, 1])
        #expect(curve.value(at: 2) == 4 && curve.value(at: 3) == nil)
        #expect(curve.base == 8 && curve.latest?.value == 1)
    }

    @Test("a long curve takes earlier steps as a short one does")
    func earlierStepsOfALongCurve() {
        var curve = Curve()
        for step in 0..<20_000 { curve.add(point(step * 2, 0)) }
        for step in (0..<20_000).reversed() { curve.add(point(step * 2 + 1, 1)) }
        for step in [10, 10, 30_000] { curve.add(point(step, 5)) }
        #expect(curve.points.map(\.step) == Array(0..<40_000))
        #expect(curve.value(at: 10) == 5 && curve.value(at: 30_000) == 5)
        #expect(curve.value(at: 11) == 1 && curve.value(at: 12) == 0)
    }

    @Test("steps that fall all the way take no more than steps that rise")
    func fallingSteps() {
        var curve = Curve()
        for step in (0..<300_000).reversed() { curve.add(point(step, 0)) }
        #expect(curve.points.count == 300_000)
    }

    @Test("evaluations are exact however many there are")
    func evaluationsAreExact() {
        var curve = Curve()
        for step in 0..<50_000 { curve.add(point(step, Double(step))) }
        #expect(curve.points.count == 50_000 && !curve.isThinned)
    }

    @Test("of numbers of every step few are kept, and with them ends, spikes and what is no number")
    func spikesStay() throws {
        var curve = Curve(isBounded: true)
        let spikes = [777: 100.0, 123_456: -50, 499_000: 70, 250_001: .nan]
        for step in 1...500_000 {
            curve.add(point(step, spikes[step] ?? Double(step % 7)))
            if step % 10_000 == 0 { #expect(curve.points.count <= Curve.limit) }
        }
        let points = curve.points
        #expect(points.count <= Curve.limit && curve.isThinned)
        #expect(points.count > Curve.limit / 8)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step })
        #expect(points.first?.step == 1 && points.last?.step == 500_000)
        for (step, value) in spikes where value.isFinite { #expect(curve.value(at: step) == value) }
        #expect(try #require(curve.value(at: 250_001)).isNaN)
    }

    @Test("what is kept is the outline of buckets, whenever they were merged")
    func outlineOfBuckets() {
        var random = SystemRandomNumberGenerator()
        var curve = Curve(isBounded: true)
        let all = (0..<40_000).map { point($0, Double.random(in: 0...1, using: &random)) }
        for point in all { curve.add(point) }
        let kept = Set(curve.points.map(\.step))
        // With 40,000 steps a bucket is at most 64 steps wide.
        for start in stride(from: 0, to: 40_000, by: 64) {
            let bucket = all[start..<min(start + 64, all.count)]
            let low = bucket.min { $0.value < $1.value }?.step ?? -1
            let high = bucket.max { $0.value < $1.value }?.step ?? -1
            #expect(kept.contains(low) && kept.contains(high))
        }
    }

    @Test("a bounded curve that steps fall in stays in order and bounded")
    func boundedWithFallingSteps() {
        var curve = Curve(isBounded: true)
        for step in 0..<20_000 { curve.add(point(step, 0)) }
        for step in 5_000..<20_000 { curve.add(point(step, 1)) }
        let points = curve.points
        #expect(points.count <= Curve.limit)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step })
        #expect(points.last?.value == 1)
    }

    @Test("the mean is over steps at which every curve has a value")
    func mean() {
        let mean = Curve(meanOf: [
            curve([0: 4, 10: 2, 20: 1, 30: 5]), curve([0: 4, 10: 4, 25: 9, 30: .nan]),
            curve([0: 4, 10: 0, 20: 3, 25: 1, 30: 1]),
        ])
        #expect(mean.points.map(\.step) == [0, 10])
        expectClose(mean.points.map(\.value), [4, 2])
        #expect(Curve(meanOf: []).isEmpty)
    }

    @Test("thinned curves have a mean all along")
    func meanOfThinnedCurves() {
        var random = SystemRandomNumberGenerator()
        let curves = [2.0, 4.0].map { level in
            var curve = Curve(isBounded: true)
            for step in 0...100_000 {
                curve.add(point(step, level + Double.random(in: -0.1...0.1, using: &random)))
            }
            return curve
        }
        let mean = Curve(meanOf: curves).points
        #expect(mean.count > 1_000)
        #expect(mean.allSatisfy { abs($0.value - 3) < 0.11 })
    }
}
