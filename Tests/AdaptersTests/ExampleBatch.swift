import Models
import TestSupport
import Tensors

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
        let loss = tape.crossEntropy(hidden, head: model.head, targets: targets, weights: weights)
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
        return Array(tape.logits(hidden, head: model.head, rows: tokens.indices.map(Int32.init)))
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
