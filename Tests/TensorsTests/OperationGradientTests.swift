import Kernels
import TestSupport
import Tensors
import Testing

@Suite struct OperationGradientTests {
    private func parameter(
        _ rows: Int, _ columns: Int, trainable: Bool = true
    ) throws -> Parameter {
        try Parameter("w", rows: rows, columns: columns, isTrainable: trainable)
    }

    @Test("embedding, with a token that repeats, scaled or not", arguments: [Float(1), 3])
    func embedding(scale: Float) throws {
        let table = try parameter(6, 5)
        try GradientCheck(inputs: [], parameters: [table]) { tape, _ in
            tape.embedding([3, 0, 3, 5], table: table, scale: scale)
        }.run()
    }

    @Test(
        "the row of padding gets no gradient, the others theirs",
        arguments: [
            ([3, 0, 3, 5, 3], 3), ([0, 3, 5], 3), ([3, 0], 3), ([3, 0, 3, 5], 1),
        ] as [([Int32], Int32)])
    func padding(tokens: [Int32], padding: Int32) throws {
        let (table, weight) = (try parameter(6, 5), try parameter(4, 5, trainable: false))
        var random = SmallGenerator(state: 3)
        for parameter in [table, weight] { parameter.fillNormal(deviation: 1, using: &random) }
        let tape = Tape(arena: Arena(), isRecording: true)
        defer { tape.reset() }
        let rows = tape.embedding(tokens, table: table, padding: padding)
        _ = tape.crossEntropy(
            rows, head: OutputHead(weight), targets: tokens.map { _ in 0 },
            weights: tokens.map { _ in 1 })
        tape.backward()
        let gradient = try #require(table.gradient)
        for row in 0..<6 {
            let isZero = (row * 5..<row * 5 + 5).allSatisfy { gradient[$0] == 0 }
            #expect(isZero == (row == padding || !tokens.contains(Int32(row))))
        }
    }

    @Test("RMSNorm, used twice so that the input's gradient adds up", arguments: [true, false])
    func rmsNorm(trainable: Bool) throws {
        let gain = try parameter(1, 19, trainable: trainable)
        let other = try parameter(1, 19)
        try GradientCheck(inputs: [(9, 19)], parameters: [gain, other]) { tape, inputs in
            let first = tape.rmsNorm(inputs[0], gain: gain, offset: 1, epsilon: 1e-5)
            let second = tape.rmsNorm(inputs[0], gain: other, epsilon: 1e-2)
            tape.add(first, into: second)
            return second
        }.run()
    }

    @Test("LayerNorm, used twice so that the input's gradient adds up", arguments: [true, false])
    func layerNorm(trainable: Bool) throws {
        let gain = try parameter(1, 19, trainable: trainable)
        let (bias, other) = (try parameter(1, 19), try parameter(1, 19))
        try GradientCheck(inputs: [(9, 19)], parameters: [gain, bias, other]) { tape, inputs in
            let first = tape.layerNorm(inputs[0], gain: gain, bias: bias, epsilon: 1e-5)
            let second = tape.layerNorm(inputs[0], gain: other, bias: bias, epsilon: 1e-2)
            tape.add(first, into: second)
            return second
        }.run()
    }

    @Test("a bias, used twice", arguments: [true, false])
    func bias(trainable: Bool) throws {
        let (weight, bias) = (try parameter(7, 7), try parameter(1, 7, trainable: trainable))
        try GradientCheck(inputs: [(5, 7)], parameters: [weight, bias]) { tape, inputs in
            let first = tape.linear(inputs[0], weight: weight)
            tape.addBias(bias, into: first)
            let second = tape.linear(first, weight: weight)
            tape.addBias(bias, into: second)
            return second
        }.run()
    }

    @Test("a trained bias beside a weight and an input that need no gradient")
    func biasAlone() throws {
        let (weight, bias) = (try parameter(4, 7, trainable: false), try parameter(1, 4))
        try GradientCheck(inputs: [(5, 7)], parameters: [weight, bias], frozen: [0]) {
            tape, inputs in
            let output = tape.linear(inputs[0], weight: weight)
            tape.addBias(bias, into: output)
            return output
        }.run()
    }

    @Test("two branches side by side, both from the input and both added to it")
    func parallelBranches() throws {
        let (gain, other) = (try parameter(1, 6), try parameter(1, 6))
        let (weight, second) = (try parameter(6, 6), try parameter(6, 6))
        try GradientCheck(
            inputs: [(4, 6)], parameters: [gain, other, weight, second]
        ) { tape, inputs in
            let first = tape.linear(
                tape.rmsNorm(inputs[0], gain: gain, epsilon: 1e-2), weight: weight)
            tape.add(inputs[0], into: first)
            let result = tape.linear(
                tape.rmsNorm(inputs[0], gain: other, epsilon: 1e-2), weight: second)
            tape.add(first, into: result)
            return result
        }.run()
    }

    @Test("a residual connection around a norm of a branch's result")
    func resultNorm() throws {
        let (gain, weight) = (try parameter(1, 6), try parameter(6, 6))
        try GradientCheck(inputs: [(4, 6)], parameters: [gain, weight]) { tape, inputs in
            let first = tape.rmsNorm(
                tape.linear(inputs[0], weight: weight), gain: gain, epsilon: 1e-2)
            tape.add(inputs[0], into: first)
            let second = tape.rmsNorm(
                tape.linear(first, weight: weight), gain: gain, epsilon: 1e-2)
            tape.add(first, into: second)
            return second
        }.run()
    }

    @Test("norms of each head, as rows of another shape")
    func headNorms() throws {
        let (gain, weight) = (try parameter(1, 5), try parameter(20, 6))
        try GradientCheck(inputs: [(4, 6)], parameters: [gain, weight]) { tape, inputs in
            let q = tape.linear(inputs[0], weight: weight)
            let normed = tape.rmsNorm(
                tape.reshaped(q, rows: 16, columns: 5), gain: gain, epsilon: 1e-2)
            return tape.reshaped(normed, rows: 4, columns: 20)
        }.run()
    }

    @Test("linear, with a weight that is used twice", arguments: [true, false])
    func linear(trainable: Bool) throws {
        let weight = try parameter(7, 7, trainable: trainable)
        try GradientCheck(inputs: [(5, 7)], parameters: [weight]) { tape, inputs in
            tape.linear(tape.linear(inputs[0], weight: weight), weight: weight)
        }.run()
    }

    @Test("a linear layer whose input needs no gradient")
    func linearOfConstant() throws {
        let weight = try parameter(4, 7)
        try GradientCheck(inputs: [(5, 7)], parameters: [weight], frozen: [0]) { tape, inputs in
            tape.linear(inputs[0], weight: weight)
        }.run()
    }

    @Test("a low-rank pair added to a frozen projection", arguments: [[], [0]])
    func addLinear(frozen: Set<Int>) throws {
        let (base, a, b) = (
            try parameter(6, 8, trainable: false), try parameter(2, 8), try parameter(6, 2)
        )
        try GradientCheck(inputs: [(5, 8)], parameters: [base, a, b], frozen: frozen) {
            tape, inputs in
            let output = tape.linear(inputs[0], weight: base)
            let inner = tape.linear(inputs[0], weight: a)
            tape.addLinear(inner, weight: b, scale: -1.5, into: output)
            return output
        }.run()
    }

    @Test("a residual connection whose branch adds to the same gradient")
    func add() throws {
        let (gain, weight) = (try parameter(1, 6), try parameter(6, 6))
        try GradientCheck(inputs: [(4, 6)], parameters: [gain, weight]) { tape, inputs in
            let first = tape.linear(
                tape.rmsNorm(inputs[0], gain: gain, epsilon: 1e-2), weight: weight)
            tape.add(inputs[0], into: first)
            let second = tape.linear(
                tape.rmsNorm(first, gain: gain, epsilon: 1e-5), weight: weight)
            tape.add(first, into: second)
            return second
        }.run()
    }

    @Test("rotation")
    func rotate() throws {
        let table = try RotaryTable(headSize: 6, positionCount: 9, theta: 100)
        try GradientCheck(inputs: [(4, 12)]) { tape, inputs in
            tape.rotate(inputs[0], positions: [0, 8, 3, 3], table: table)
            return inputs[0]
        }.run()
    }

    @Test("a rotation of a part of each head")
    func partialRotation() throws {
        let table = try RotaryTable(headSize: 6, positionCount: 9, frequencies: [1, 0.3])
        try GradientCheck(inputs: [(4, 12)]) { tape, inputs in
            tape.rotate(inputs[0], positions: [0, 8, 3, 3], table: table)
            return inputs[0]
        }.run()
    }

    @Test(
        "attention with grouped queries over sequences of several lengths",
        arguments: [
            AttentionShape(heads: 4, kvHeads: 2, size: 5),
            AttentionShape(heads: 4, kvHeads: 2, size: 5, scale: 0.7, softCap: 1.2),
            AttentionShape(heads: 4, kvHeads: 1, size: 5, window: 2),
        ])
    func attention(shape: AttentionShape) throws {
        let layout = SequenceLayout(offsets: [0, 1, 6, 9])
        let width = shape.kvHeads * shape.size
        try GradientCheck(inputs: [(9, 20), (9, width), (9, width)]) { tape, inputs in
            tape.attention(q: inputs[0], k: inputs[1], v: inputs[2], layout: layout, shape: shape)
        }.run()
    }

    @Test("activations, with a gate and without", arguments: Activation.allCases)
    func activations(activation: Activation) throws {
        try GradientCheck(inputs: [(3, 11), (3, 11)]) { tape, inputs in
            tape.gated(activation, gate: inputs[0], up: inputs[1])
        }.run()
        try GradientCheck(inputs: [(3, 11)]) { tape, inputs in
            tape.activate(activation, inputs[0])
        }.run()
    }

    @Test("dropout, alone and added to another use")
    func dropout() throws {
        let weight = try parameter(10, 10, trainable: false)
        try GradientCheck(inputs: [(6, 10)], parameters: [weight]) { tape, inputs in
            let dropped = tape.dropout(inputs[0], probability: 0.4, seed: 9)
            let output = tape.linear(inputs[0], weight: weight)
            tape.add(dropped, into: output)
            return output
        }.run()
    }

    @Test("scaled columns, with a frozen and a trained gain", arguments: [true, false])
    func scaleColumns(trainable: Bool) throws {
        let (gain, other) = (try parameter(1, 7, trainable: trainable), try parameter(1, 7))
        let divisor: [Float] = [1, 2, 0.5, 4, 1, 3, -1]
        try GradientCheck(inputs: [(5, 7)], parameters: [gain, other]) { tape, inputs in
            let first = divisor.withUnsafeBufferPointer {
                tape.scaleColumns(inputs[0], gain: gain, divisor: $0)
            }
            let second = tape.scaleColumns(inputs[0], gain: other)
            tape.addScaledColumns(
                tape.scaleColumns(second, gain: other), gain: other, into: first)
            return first
        }.run()
    }

    @Test("routes into a fresh tensor and on top of one, through another shape")
    func routes() throws {
        let weight = try parameter(3, 3)
        let compress = ColumnRoutes((0..<9).map { (source: $0 % 7, target: $0) })
        let spread = ColumnRoutes((0..<11).map { (source: $0 % 9, target: $0) })
        try GradientCheck(inputs: [(4, 7), (4, 11)], parameters: [weight]) { tape, inputs in
            let blocks = tape.reshaped(
                tape.route(inputs[0], compress, columns: 9), rows: 12, columns: 3)
            let mixed = tape.reshaped(tape.linear(blocks, weight: weight), rows: 4, columns: 9)
            let output = tape.dropout(inputs[1], probability: 0.3, seed: 3)
            tape.addRoute(mixed, spread, into: output)
            return output
        }.run()
    }

    @Test("a slice of a frozen weight")
    func linearSlice() throws {
        let weight = try parameter(9, 8, trainable: false)
        try GradientCheck(inputs: [(4, 6)], parameters: [weight]) { tape, inputs in
            let first = tape.linear(inputs[0], slice: weight, outputs: 5)
            return tape.linear(first, slice: weight, outputs: 9)
        }.run()
    }
}
