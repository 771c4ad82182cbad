internal import Kernels

struct LayerNormOperation {
    let input: Tensor
    let output: Tensor
    let gain: Parameter
    let bias: Parameter
    /// The means of all rows, and 1/√(variance + ε) of all rows behind them.
    let moments: UnsafeMutablePointer<Float>
    let epsilon: Float

    func forward(on tape: Tape) {
        Rows.layerNorm(
            tape.data(input), gain: gain.values, bias: bias.values, into: tape.data(output),
            mean: moments, rstd: moments + input.rows, rows: input.rows, channels: input.columns,
            epsilon: epsilon)
    }

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let size = Rows.gainParts * input.columns
        let gainParts = gain.isTrainable ? tape.arena.floats(size) : nil
        let biasParts = bias.isTrainable ? tape.arena.floats(size) : nil
        let (dInput, fresh) = tape.gradientToWrite(input)
        Rows.layerNormBackward(
            dOutput, x: tape.data(input), gain: gain.values, mean: moments,
            rstd: moments + input.rows, dx: dInput, accumulate: !fresh, dGain: gainParts,
            dBias: biasParts, rows: input.rows, channels: input.columns)
        if let gainParts { tape.collect(gainParts, into: gain) }
        if let biasParts { tape.collect(biasParts, into: bias) }
    }
}

extension Tape {
    /// Normalisation of each row to mean 0 and variance 1, scaled and shifted (Ba and others 2016,
    /// arXiv 1607.06450).
    ///
    /// - Shapes: input, result [rows, channels]; gain, bias [1, channels].
    package func layerNorm(
        _ input: Tensor, gain: Parameter, bias: Parameter, epsilon: Float
    ) -> Tensor {
        precondition(
            gain.count == input.columns && bias.count == input.columns,
            "\(gain.name) for \(input.columns) channels")
        let output = make(
            rows: input.rows, columns: input.columns,
            requiresGradient: requiresGradient(input) || gain.isTrainable || bias.isTrainable)
        let moments = arena.floats(2 * input.rows)
        let operation = LayerNormOperation(
            input: input, output: output, gain: gain, bias: bias, moments: moments,
            epsilon: epsilon)
        operation.forward(on: self)
        record(.layerNorm(operation), keeping: moments, count: 2 * input.rows)
        return output
    }

    /// Adds partial sums [gainParts, channels] to a vector's gradient and gives them back.
    func collect(_ parts: UnsafeMutablePointer<Float>, into parameter: Parameter) {
        let channels = parameter.count
        let (gradient, fresh) = gradientToWrite(parameter)
        if fresh { gradient.update(repeating: 0, count: channels) }
        for part in 0..<Rows.gainParts {
            Elementwise.accumulate(parts + part * channels, into: gradient, count: channels)
        }
        arena.release(parts, count: Rows.gainParts * channels)
    }
}
