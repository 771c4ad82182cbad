internal import Kernels

struct DropoutOperation {
    let input: Tensor
    let output: Tensor
    let keep: Float
    let seed: UInt64

    func backward(on tape: Tape) {
        guard tape.requiresGradient(input), let dOutput = tape.arrivedGradient(output) else {
            return
        }
        let (dInput, fresh) = tape.gradientToWrite(input)
        Elementwise.dropout(
            dOutput, into: dInput, keep: keep, seed: seed, accumulate: !fresh, count: input.count)
    }
}

extension Tape {
    /// Inverted dropout: elements are zeroed with the given probability, the others scaled up.
    ///
    /// The mask is a function of the seed, so it is not stored. Without recording it does nothing.
    package func dropout(_ input: Tensor, probability: Float, seed: UInt64) -> Tensor {
        guard probability > 0 && isRecording else { return input }
        precondition(probability < 1, "a dropout probability of \(probability)")
        let output = make(
            rows: input.rows, columns: input.columns, requiresGradient: requiresGradient(input))
        Elementwise.dropout(
            data(input), into: data(output), keep: 1 - probability, seed: seed,
            count: output.count)
        record(
            .dropout(
                DropoutOperation(
                    input: input, output: output, keep: 1 - probability, seed: seed)))
        return output
    }
}
