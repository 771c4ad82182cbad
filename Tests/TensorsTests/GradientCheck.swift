@testable import Tensors
import TestSupport
import Testing

/// Compares an operation's gradients with finite differences under a random upstream gradient.
struct GradientCheck {
    typealias Build = (_ tape: Tape, _ inputs: [Tensor]) -> Tensor

    var inputs: [(rows: Int, columns: Int)]
    var parameters: [Parameter] = []
    /// Inputs whose gradient is not asked for, by index.
    var frozen: Set<Int> = []
    let build: Build

    private let step = 5e-3

    func run(sourceLocation: SourceLocation = #_sourceLocation) throws {
        var generator = SmallGenerator(state: 5)
        var values: [[Float]] = []
        for shape in inputs {
            let parameter = try Parameter(
                "x", rows: shape.rows, columns: shape.columns, isTrainable: false)
            parameter.fillNormal(deviation: 1, using: &generator)
            values.append(Array(parameter.storage.buffer))
        }
        for parameter in parameters { parameter.fillNormal(deviation: 1, using: &generator) }
        let (inputGradients, parameterGradients, upstream) = try gradients(values)
        for (index, gradient) in inputGradients.enumerated() where !frozen.contains(index) {
            let gradient = try #require(gradient, sourceLocation: sourceLocation)
            try compare(gradient, "input \(index)", sourceLocation, &generator) { direction, step in
                var moved = values
                for i in direction.indices { moved[index][i] += Float(step * direction[i]) }
                return loss(moved, upstream)
            }
        }
        for (parameter, gradient) in zip(parameters, parameterGradients) {
            guard parameter.isTrainable else {
                #expect(gradient == nil, sourceLocation: sourceLocation)
                continue
            }
            let gradient = try #require(gradient, sourceLocation: sourceLocation)
            try compare(gradient, parameter.name, sourceLocation, &generator) { direction, step in
                let original = Array(parameter.storage.buffer)
                for i in direction.indices {
                    parameter.values[i] = original[i] + Float(step * direction[i])
                }
                defer { for i in original.indices { parameter.values[i] = original[i] } }
                return loss(values, upstream)
            }
        }
    }

    /// Along the gradient, where the derivative is its norm, and along a random direction.
    private func compare(
        _ gradient: [Float], _ name: String, _ sourceLocation: SourceLocation,
        _ generator: inout SmallGenerator, loss: (_ direction: [Double], _ step: Double) -> Double
    ) throws {
        let norm = length(gradient)
        try #require(norm > 0 && norm.isFinite, "\(name)", sourceLocation: sourceLocation)
        let random = try Parameter("d", rows: 1, columns: gradient.count, isTrainable: false)
        random.fillNormal(deviation: 1, using: &generator)
        for direction in [gradient, Array(random.storage.buffer)] {
            let size = length(direction)
            let unit = direction.map { Double($0) / size }
            let expected = zip(unit, gradient).reduce(0) { $0 + $1.0 * Double($1.1) }
            let measured = (loss(unit, step) - loss(unit, -step)) / (2 * step)
            #expect(
                abs(measured - expected) <= 2e-3 * norm,
                "\(name): \(measured) measured, \(expected) computed, norm \(norm)",
                sourceLocation: sourceLocation)
        }
    }

    private func length(_ x: [Float]) -> Double {
        x.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    private func forward(_ values: [[Float]], on tape: Tape) -> (inputs: [Tensor], output: Tensor) {
        let tensors = values.indices.map { index in
            values[index].withUnsafeBufferPointer {
                tape.constant(
                    $0, rows: inputs[index].rows, columns: inputs[index].columns,
                    requiresGradient: !frozen.contains(index))
            }
        }
        return (tensors, build(tape, tensors))
    }

    private func loss(_ values: [[Float]], _ upstream: [Float]) -> Double {
        let tape = Tape(arena: Arena(), isRecording: true)
        defer { tape.reset() }
        return zip(tape.values(forward(values, on: tape).output), upstream).reduce(0) {
            $0 + Double($1.0) * Double($1.1)
        }
    }

    private func gradients(
        _ values: [[Float]]
    ) throws -> (inputs: [[Float]?], parameters: [[Float]?], upstream: [Float]) {
        let tape = Tape(arena: Arena(), isRecording: true)
        defer { tape.reset() }
        let (tensors, output) = forward(values, on: tape)
        var generator = SmallGenerator(state: 6)
        let upstream = (0..<output.count).map { _ in
            Float(generator.next() >> 40) * 0x1p-23 - 1
        }
        let (pointer, isFresh) = tape.gradientToWrite(output)
        #expect(isFresh)
        pointer.update(from: upstream, count: upstream.count)
        tape.backward()
        let parameterGradients = parameters.map { parameter in
            parameter.gradient.map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) }
        }
        return (tensors.map { tape.gradient($0).map { Array($0) } }, parameterGradients, upstream)
    }
}
