internal import Kernels

struct LinearSliceOperation {
    let input: Tensor
    let output: Tensor
    let weight: Parameter

    func backward(on tape: Tape) {
        guard tape.requiresGradient(input), let dOutput = tape.arrivedGradient(output) else {
            return
        }
        let (dInput, fresh) = tape.gradientToWrite(input)
        tape.multiply(
            MatrixOperand(dOutput, stride: output.columns),
            MatrixOperand(weight.values, stride: weight.columns), into: dInput, rows: input.rows,
            inner: output.columns, columns: input.columns, beta: fresh ? 0 : 1)
    }
}

extension Tape {
    /// A projection by the first rows and columns of a frozen weight: y = x·W[..<out, ..<in]ᵀ.
    ///
    /// - Shapes: input [rows, in]; weight at least [out, in]; result [rows, out].
    package func linear(
        _ input: Tensor, slice weight: Parameter, outputs: Int
    ) -> Tensor {
        precondition(!weight.isTrainable, "\(weight.name): a slice of a trained weight")
        precondition(
            input.columns <= weight.columns && outputs <= weight.rows,
            "[\(outputs), \(input.columns)] of \(weight.name) [\(weight.rows), \(weight.columns)]")
        let output = make(
            rows: input.rows, columns: outputs, requiresGradient: requiresGradient(input))
        multiply(
            MatrixOperand(data(input), stride: input.columns),
            MatrixOperand(weight.values, stride: weight.columns, transposed: true),
            into: data(output), rows: input.rows, inner: input.columns, columns: outputs)
        record(
            .linearSlice(LinearSliceOperation(input: input, output: output, weight: weight)))
        return output
    }
}
