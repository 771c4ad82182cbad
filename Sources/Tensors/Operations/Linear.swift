internal import Kernels

struct LinearOperation {
    let input: Tensor
    let output: Tensor
    let weight: Parameter
    let scale: Float

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let gradient = MatrixOperand(dOutput, stride: output.columns)
        if tape.requiresGradient(input) {
            let (dInput, fresh) = tape.gradientToWrite(input)
            precondition(dInput != dOutput, "\(weight.name): the residual is the direct input")
            tape.multiply(
                gradient, MatrixOperand(weight.values, stride: weight.columns), into: dInput,
                rows: input.rows, inner: output.columns, columns: input.columns, alpha: scale,
                beta: fresh ? 0 : 1)
        }
        guard weight.isTrainable else { return }
        let (dWeight, fresh) = tape.gradientToWrite(weight)
        tape.multiply(
            MatrixOperand(dOutput, stride: output.columns, transposed: true),
            MatrixOperand(tape.data(input), stride: input.columns), into: dWeight,
            rows: weight.rows, inner: input.rows, columns: weight.columns, alpha: scale,
            beta: fresh ? 0 : 1)
    }
}

extension Tape {
    /// A projection without bias: y = x·Wᵀ.
    ///
    /// - Shapes: input [rows, in]; weight [out, in]; result [rows, out].
    package func linear(_ input: Tensor, weight: Parameter) -> Tensor {
        let output = make(
            rows: input.rows, columns: weight.rows,
            requiresGradient: requiresGradient(input) || weight.isTrainable)
        project(input, weight, scale: 1, into: output, beta: 0)
        record(
            .linear(LinearOperation(input: input, output: output, weight: weight, scale: 1)))
        return output
    }

    /// Adds a scaled projection to a tensor in place: y += scale · x·Wᵀ.
    ///
    /// In place is sound because no operation's gradient needs the value of a projection.
    /// - Shapes: input [rows, in]; weight [out, in]; output [rows, out].
    package func addLinear(_ input: Tensor, weight: Parameter, scale: Float, into output: Tensor) {
        precondition(
            output.rows == input.rows && output.columns == weight.rows,
            "\(weight.name): [\(output.rows), \(output.columns)] += [\(input.rows), \(weight.rows)]"
        )
        if requiresGradient(input) || weight.isTrainable {
            nodes[output.node].requiresGradient = isRecording
        }
        project(input, weight, scale: scale, into: output, beta: 1)
        record(
            .linearInPlace(
                LinearOperation(input: input, output: output, weight: weight, scale: scale)))
    }

    private func project(
        _ input: Tensor, _ weight: Parameter, scale: Float, into output: Tensor, beta: Float
    ) {
        precondition(
            input.columns == weight.columns,
            "\(weight.name) [\(weight.rows), \(weight.columns)] on \(input.columns) channels")
        multiply(
            MatrixOperand(data(input), stride: input.columns),
            MatrixOperand(weight.values, stride: weight.columns, transposed: true),
            into: data(output), rows: input.rows, inner: input.columns, columns: weight.rows,
            alpha: scale, beta: beta)
    }
}
