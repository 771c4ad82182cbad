internal import Kernels

struct AddBiasOperation {
    let output: Tensor
    let bias: Parameter

    /// The bias's gradient is the sum of the output's rows; the output's own stays as it is.
    func backward(on tape: Tape) {
        guard bias.isTrainable, let dOutput = tape.arrivedGradient(output) else { return }
        let (dBias, fresh) = tape.gradientToWrite(bias)
        if fresh { dBias.update(repeating: 0, count: bias.count) }
        Columns.addSums(of: dOutput, into: dBias, rows: output.rows, columns: output.columns)
    }
}

extension Tape {
    /// Adds a vector to every row of a tensor in place.
    ///
    /// In place is sound where no operation's gradient needs the value of `output`.
    /// - Shapes: bias [1, columns]; output [rows, columns].
    package func addBias(_ bias: Parameter, into output: Tensor) {
        precondition(
            bias.count == output.columns, "\(bias.name) for \(output.columns) columns")
        if bias.isTrainable { nodes[output.node].requiresGradient = isRecording }
        Columns.addRow(bias.values, into: data(output), rows: output.rows, columns: output.columns)
        record(.addBias(AddBiasOperation(output: output, bias: bias)))
    }
}
