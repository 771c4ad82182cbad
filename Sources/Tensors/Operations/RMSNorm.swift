internal import Kernels

struct RMSNormOperation {
    let input: Tensor
    let output: Tensor
    let gain: Parameter
    /// What is added to every gain.
    let offset: Float
    let rstd: UnsafeMutablePointer<Float>
    let epsilon: Float

    func forward(on tape: Tape) {
        Rows.rmsNorm(
            tape.data(input), gain: gain.values, offset: offset, into: tape.data(output),
            rstd: rstd, rows: input.rows, channels: input.columns, epsilon: epsilon)
    }

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let channels = input.columns
        let partials = gain.isTrainable ? tape.arena.floats(Rows.gainParts * channels) : nil
        let (dInput, fresh) = tape.gradientToWrite(input)
        Rows.rmsNormBackward(
            dOutput, x: tape.data(input), gain: gain.values, offset: offset, rstd: rstd, dx: dInput,
            accumulate: !fresh, dGain: partials, rows: input.rows, channels: channels)
        if let partials { tape.collect(partials, into: gain) }
    }
}

extension Tape {
    /// Root-mean-square normalisation of each row, scaled by a gain, or by an offset and a gain
    /// (arXiv 1910.07467).
    ///
    /// - Shapes: input, result [rows, channels]; gain [1, channels].
    package func rmsNorm(
        _ input: Tensor, gain: Parameter, offset: Float = 0, epsilon: Float
    ) -> Tensor {
        precondition(gain.count == input.columns, "\(gain.name) for \(input.columns) channels")
        let output = make(
            rows: input.rows, columns: input.columns,
            requiresGradient: requiresGradient(input) || gain.isTrainable)
        let rstd = arena.floats(input.rows)
        let operation = RMSNormOperation(
            input: input, output: output, gain: gain, offset: offset, rstd: rstd, epsilon: epsilon)
        operation.forward(on: self)
        record(.rmsNorm(operation), keeping: rstd, count: input.rows)
        return output
    }
}
