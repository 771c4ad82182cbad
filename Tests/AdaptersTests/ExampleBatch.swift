import Models
import TestSupport
import Tensors
import Testing

/// Two sequences for the small model, some rows without loss.
struct ExampleBatch {
    let tokens: [Int32] = [1, 5, 9, 2, 22, 7, 7, 3, 0, 11, 4]
    let targets: [Int32] = [5, 9, 2, 22, 7, 7, 3, 0, 11, 4, 8]
    let weights: [Float] = [0, 1, 1, 0.5, 1, 0, 1, 1, 0.25, 1, 1]
    let layout = SequenceLayout(offsets: [0, 6, 11])

    /// The loss; `body` is called between the backward pass and the end of the step.
    @discardableResult
    func loss(_ model: Transformer, backward body: (() -> Void)? = nil) -> Double {
        let tape = Tape(arena: Arena(), isRecording: body != nil)
        defer { tape.reset() }
        let hidden = model.hidden(tokens, layout: layout, on: tape)
        let loss = tape.crossEntropy(hidden, head: model.output, targets: targets, weights: weights)
        if let body {
            tape.backward()
            body()
        }
        return loss.mean
    }

    /// The loss with dropout in effect.
    func recordedLoss(_ model: Transformer) -> Double { loss(model) {} }

    /// The logits after every row.
    func logits(_ model: Transformer) -> [Float] {
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let hidden = model.hidden(tokens, layout: layout, on: tape)
        return Array(tape.logits(hidden, head: model.output, rows: tokens.indices.map(Int32.init)))
    }
}

func gradient(of parameter: Parameter) -> [Float]? {
    parameter.gradient.map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) }
}

func values(of model: Transformer) -> [[UInt32]] {
    model.parameters.map { $0.storage.buffer.map(\.bitPattern) }
}

/// Fills every trainable parameter, so that adapters do something.
func perturb(_ parameters: [Parameter], seed: UInt64 = 4) {
    var generator = SmallGenerator(state: seed)
    for parameter in parameters { parameter.fillNormal(deviation: 0.3, using: &generator) }
}

/// Compares a gradient with the loss's central difference along it, where the slope is its norm.
func expectSlope(
    _ parameter: Parameter, _ gradient: [Float]?, sourceLocation: SourceLocation = #_sourceLocation,
    loss: () -> Double
) throws {
    let gradient = try #require(
        gradient, "\(parameter.name) has no gradient", sourceLocation: sourceLocation)
    let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let original = Array(parameter.storage.buffer)
    func moved(_ step: Double) -> Double {
        for i in gradient.indices {
            parameter.values[i] = original[i] + Float(step * Double(gradient[i]) / norm)
        }
        return loss()
    }
    let measured = (moved(5e-3) - moved(-5e-3)) / 1e-2
    for i in original.indices { parameter.values[i] = original[i] }
    #expect(
        abs(measured - norm) <= 0.01 * norm + 1e-5,
        "\(parameter.name): \(measured) measured, \(norm) computed",
        sourceLocation: sourceLocation)
}
