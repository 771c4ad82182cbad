internal import Kernels

struct RMSNormOperation {
    let input: Tensor
    let output: Tensor
    let gain: Parameter
    let rstd: UnsafeMutablePointer<Float>
    let epsilon: Float

    func forward(on tape: Tape) {
        Rows.rmsNorm(
            tape.data(input), gain: gain.values, into: tape.data(output), rstd: rstd,
            rows: input.rows, channels: input.columns, epsilon: epsilon)
    }

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let channels = input.columns
        let partials = gain.isTrainable ? tape.arena.floats(Rows.gainParts * channels) : nil
        let (dInput, fresh) = tape.gradientToWrite(input)
        Rows.rmsNormBackward(
            dOutput, x: tape.data(input), gain: gain.values, rstd: rstd, dx: dInput,
            accumulate: !fresh, dGain: partials, rows: input.rows, channels: channels)
        guard let partials else { return }
        let (dGain, freshGain) = tape.gradientToWrite(gain)
        if freshGain { dGain.update(repeating: 0, count: channels) }
        for part in 0..<Rows.gainParts {
            Elementwise.accumulate(partials + part * channels, into: dGain, count: channels)
        }
        tape.arena.release(partials, count: Rows.gainParts * channels)
    }
}

extension Tape {
    /// Root-mean-square normalisation of each row, scaled by a gain (arXiv 1910.07467).
    ///
    /// - Shapes: input, result [rows, channels]; gain [1, channels].
    package func rmsNorm(_ input: Tensor, gain: Parameter, epsilon: Float) -> Tensor {
        precondition(gain.count == input.columns, "\(gain.name) for \(input.columns) channels")
        let output = make(
            rows: input.rows, columns: input.columns,
            requiresGradient: requiresGradient(input) || gain.isTrainable)
        let rstd = arena.floats(input.rows)
        let operation = RMSNormOperation(
            input: input, output: output, gain: gain, rstd: rstd, epsilon: epsilon)
        operation.forward(on: self)
        record(.rmsNorm(operation), keeping: rstd, count: input.rows)
        return output
    }
}
