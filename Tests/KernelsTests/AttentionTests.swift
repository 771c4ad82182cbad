import Kernels
import TestSupport
import Testing

@Suite struct AttentionTests {
    static let lengths = [1, 63, 64, 65, 130]
    static let shapes = [
        AttentionShape(heads: 2, kvHeads: 2, size: 6),
        AttentionShape(heads: 6, kvHeads: 2, size: 8),
        AttentionShape(heads: 3, kvHeads: 1, size: 17),
        AttentionShape(heads: 4, kvHeads: 2, size: 6, scale: 0.3, softCap: 1.5),
        AttentionShape(heads: 2, kvHeads: 1, size: 6, window: 5),
        AttentionShape(heads: 2, kvHeads: 2, size: 6, softCap: 2, window: 70),
    ]

    /// Queries, keys, values and an upstream gradient.
    private struct Inputs {
        var q: [Float]
        var k: [Float]
        var v: [Float]
        var dOut: [Float]

        init(rows: Int, shape: AttentionShape, bound: Float = 2) {
            var random = RandomArrays(seed: 30)
            let (queryWidth, keyWidth) = (shape.heads * shape.size, shape.kvHeads * shape.size)
            q = random.floats(rows * queryWidth, bound: bound)
            k = random.floats(rows * keyWidth, bound: bound)
            v = random.floats(rows * keyWidth)
            dOut = random.floats(rows * queryWidth)
        }

        func expected(_ segments: [AttentionSegment], _ shape: AttentionShape) -> [Double] {
            Reference.attention(
                q: doubles(q), k: doubles(k), v: doubles(v), segments: segments, shape: shape)
        }
    }

    private func longest(_ segments: [AttentionSegment]) -> Int {
        segments.map { $0.prefixCount + $0.count }.max() ?? 0
    }

    private func forward(
        _ inputs: Inputs, _ segments: [AttentionSegment], _ shape: AttentionShape
    ) -> (out: [Float], lse: [Float]) {
        let keys = longest(segments)
        var out = [Float](repeating: .nan, count: inputs.q.count)
        var lse = [Float](repeating: .nan, count: inputs.q.count / shape.size)
        var scratch = [Float](
            repeating: .nan, count: Workers.count * Attention.scratchCount(longest: keys, shape))
        segments.withUnsafeBufferPointer { segments in
            Attention.forward(
                q: inputs.q, k: inputs.k, v: inputs.v, out: &out, lse: &lse, scratch: &scratch,
                longest: keys, segments: segments, shape: shape)
        }
        return (out, lse)
    }

    private func backward(
        _ inputs: Inputs, _ segments: [AttentionSegment], _ shape: AttentionShape
    ) -> (dq: [Float], dk: [Float], dv: [Float]) {
        let keys = longest(segments)
        let (out, lse) = forward(inputs, segments, shape)
        var dq = [Float](repeating: .nan, count: inputs.q.count)
        var (dk, dv) = (inputs.k.map { _ in Float(0) }, inputs.v.map { _ in Float(0) })
        var scratch = [Float](
            repeating: .nan, count: Workers.count * Attention.scratchCount(longest: keys, shape))
        segments.withUnsafeBufferPointer { segments in
            Attention.backward(
                dOut: inputs.dOut, out: out, lse: lse, q: inputs.q, k: inputs.k, v: inputs.v,
                dq: &dq, dk: &dk, dv: &dv, scratch: &scratch, longest: keys, segments: segments,
                shape: shape)
        }
        return (dq, dk, dv)
    }

    @Test("equals the reference around the block size", arguments: lengths, shapes)
    func forwardEqualsReference(length: Int, shape: AttentionShape) {
        let segments = [
            AttentionSegment(start: 0, count: 3), AttentionSegment(start: 3, count: length),
        ]
        let inputs = Inputs(rows: 3 + length, shape: shape)
        expectClose(
            doubles(forward(inputs, segments, shape).out), inputs.expected(segments, shape),
            relative: 1e-5, absolute: 5e-6)
    }

    @Test(
        "sequences that continue a prefix see it, as far as the window goes",
        arguments: [1, 64, 70], [1, 64, 65])
    func prefixes(prefix: Int, own: Int) {
        for window in [nil, 1, 7, 66, 100] {
            prefixes(prefix, own, AttentionShape(heads: 4, kvHeads: 2, size: 6, window: window))
        }
    }

    private func prefixes(_ prefix: Int, _ own: Int, _ shape: AttentionShape) {
        let segments = [
            AttentionSegment(start: 0, count: prefix),
            AttentionSegment(start: prefix, count: own, prefixStart: 0, prefixCount: prefix),
            AttentionSegment(start: prefix + own, count: 2, prefixStart: 0, prefixCount: prefix),
        ]
        let inputs = Inputs(rows: prefix + own + 2, shape: shape)
        expectClose(
            doubles(forward(inputs, segments, shape).out), inputs.expected(segments, shape),
            relative: 1e-5, absolute: 5e-6)
    }

    @Test("huge scores pick one key instead of overflowing, and equal ones take the mean")
    func extremes() {
        let shape = AttentionShape(heads: 1, kvHeads: 1, size: 2)
        let segments = [AttentionSegment(start: 0, count: 3)]
        var inputs = Inputs(rows: 3, shape: shape)
        inputs.q = [1e10, 0, 1e10, 0, 0, 0]
        inputs.k = [1e10, 0, -1e10, 0, 5, 5]
        inputs.v = [1, 2, 3, 4, 5, 6]
        expectClose(forward(inputs, segments, shape).out, [1, 2, 1, 2, 3, 4])
        let (dq, dk, dv) = backward(inputs, segments, shape)
        #expect((dq + dk + dv).allSatisfy { $0.isFinite })
    }

    @Test("the gradient agrees with finite differences", arguments: lengths, shapes)
    func backwardAgreesWithFiniteDifferences(length: Int, shape: AttentionShape) {
        let segments = [
            AttentionSegment(start: 0, count: length), AttentionSegment(start: length, count: 2),
        ]
        let inputs = Inputs(rows: length + 2, shape: shape)
        let (dq, dk, dv) = backward(inputs, segments, shape)
        for (name, gradient, path) in [
            ("q", dq, \Inputs.q), ("k", dk, \Inputs.k), ("v", dv, \Inputs.v),
        ] {
            let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            func loss(_ step: Double) -> Double {
                var moved = inputs
                for i in gradient.indices {
                    moved[keyPath: path][i] += Float(step * Double(gradient[i]) / norm)
                }
                return zip(moved.expected(segments, shape), inputs.dOut)
                    .reduce(0) { $0 + $1.0 * Double($1.1) }
            }
            let step = 0.01
            let measured = (loss(step) - loss(-step)) / (2 * step)
            // A single row attends to itself alone: its scores have no gradient.
            #expect(
                abs(measured - norm) <= 1e-3 * norm + 1e-4,
                "d\(name): \(measured) measured, \(norm) computed")
        }
    }

    @Test("the keys that rows see are counted", arguments: [nil, 1, 3, 8, 20])
    func keysSeen(window: Int?) {
        let shape = AttentionShape(heads: 1, kvHeads: 1, size: 2, window: window)
        for (position, count) in [(0, 1), (0, 9), (5, 4), (30, 2)] {
            let expected = (position..<position + count).reduce(0) {
                $0 + min($1 + 1, window ?? .max)
            }
            #expect(shape.keysSeen(from: position, count: count) == expected)
        }
    }

    @Test("the bits do not depend on the number of threads")
    func threads() {
        let shape = AttentionShape(heads: 6, kvHeads: 3, size: 8)
        let segments = [70, 3, 65, 130].reduce(into: [AttentionSegment]()) { segments, count in
            let start = segments.last.map { $0.start + $0.count } ?? 0
            segments.append(AttentionSegment(start: start, count: count))
        }
        let inputs = Inputs(rows: 268, shape: shape)
        let results = withThreads {
            let (dq, dk, dv) = backward(inputs, segments, shape)
            return bits(forward(inputs, segments, shape).out + dq + dk + dv)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }
}
