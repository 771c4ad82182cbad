import Models
import Tensors
import TestSupport
import Testing

private struct Batch {
    let tokens: [Int32] = [1, 5, 9, 2, 22, 7, 7, 3, 0, 11, 4]
    let targets: [Int32] = [5, 9, 2, 22, 7, 7, 3, 0, 11, 4, 8]
    let weights: [Float] = [0, 1, 1, 0.5, 1, 0, 1, 1, 0.25, 1, 1]
    let layout = SequenceLayout(offsets: [0, 6, 11])
}

private func loss(_ model: Transformer, arena: Arena, recording: Bool) -> (Double, Tape) {
    let batch = Batch()
    let tape = Tape(arena: arena, isRecording: recording)
    let hidden = model.hidden(batch.tokens, layout: batch.layout, on: tape)
    let loss = tape.crossEntropy(
        hidden, head: model.output, targets: batch.targets, weights: batch.weights)
    return (loss.mean, tape)
}

@Suite struct TransformerGradientTests {
    @Test(
        "the gradient of every parameter agrees with finite differences", arguments: [true, false])
    func gradientAgreesWithFiniteDifferences(tied: Bool) throws {
        var generator = SmallGenerator(state: 7)
        var sizes = smallConfiguration
        sizes.tiesEmbeddings = tied
        let model = try Transformer.initialised(sizes, using: &generator)
        for parameter in model.parameters {
            parameter.isTrainable = true
            guard !parameter.name.hasSuffix("norm.weight") else { continue }
            parameter.fillNormal(deviation: 0.4, using: &generator)
        }
        let arena = Arena()
        let (_, tape) = loss(model, arena: arena, recording: true)
        tape.backward()
        let gradients = model.parameters.map { parameter in
            parameter.gradient.map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) }
        }
        tape.reset()
        for (parameter, gradient) in zip(model.parameters, gradients) {
            let gradient = try #require(gradient, "\(parameter.name) has no gradient")
            let norm = gradient.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
            let step = 5e-3
            let measured = try directional(model, parameter, gradient, norm: norm, step: step)
            #expect(
                abs(measured - norm) <= 0.01 * norm + 1e-5,
                "\(parameter.name): \(measured) measured, \(norm) computed")
        }
    }

    /// (L(w + εg/‖g‖) − L(w − εg/‖g‖)) / 2ε, which is ‖g‖ when g is the gradient.
    private func directional(
        _ model: Transformer, _ parameter: Parameter, _ gradient: [Float], norm: Double,
        step: Double
    ) throws -> Double {
        let original = Array(parameter.storage.buffer)
        func at(_ sign: Double) -> Double {
            for index in gradient.indices {
                parameter.values[index] =
                    original[index] + Float(sign * step * Double(gradient[index]) / norm)
            }
            let (value, tape) = loss(model, arena: Arena(), recording: false)
            tape.reset()
            return value
        }
        let difference = (at(1) - at(-1)) / (2 * step)
        for index in original.indices { parameter.values[index] = original[index] }
        return difference
    }

    @Test("recording or not, the loss is the same")
    func lossIsTheSameWithoutRecording() throws {
        var generator = SmallGenerator(state: 3)
        let model = try Transformer.initialised(smallConfiguration, using: &generator)
        for parameter in model.parameters { parameter.isTrainable = true }
        let arena = Arena()
        let recorded = loss(model, arena: arena, recording: true)
        recorded.1.reset()
        let plain = loss(model, arena: arena, recording: false)
        plain.1.reset()
        #expect(recorded.0 == plain.0)
    }

    @Test("a frozen model gets no gradient")
    func frozenModelGetsNoGradient() throws {
        var generator = SmallGenerator(state: 3)
        let model = try Transformer.initialised(smallConfiguration, using: &generator)
        let (_, tape) = loss(model, arena: Arena(), recording: true)
        tape.backward()
        #expect(model.parameters.allSatisfy { $0.gradient == nil })
    }

    @Test("after the first step the arena asks the system for nothing")
    func steadyStepsAllocateNothing() throws {
        var generator = SmallGenerator(state: 3)
        let model = try Transformer.initialised(smallConfiguration, using: &generator)
        for parameter in model.parameters { parameter.isTrainable = true }
        let arena = Arena()
        for _ in 0..<2 {
            let (_, tape) = loss(model, arena: arena, recording: true)
            tape.backward()
            tape.reset()
        }
        let before = arena.reach
        for _ in 0..<5 {
            let (_, tape) = loss(model, arena: arena, recording: true)
            tape.backward()
            tape.reset()
        }
        #expect(arena.reach == before)
    }
}
