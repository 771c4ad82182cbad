internal import Kernels

struct SwiGLUOperation {
    let gate: Tensor
    let up: Tensor
    let output: Tensor

    func forward(on tape: Tape) {
        Elementwise.swiGLU(
            gate: tape.data(gate), up: tape.data(up), into: tape.data(output), count: output.count)
    }

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let (dGate, _) = tape.gradientToWrite(gate)
        let (dUp, _) = tape.gradientToWrite(up)
        Elementwise.swiGLUBackward(
            dOutput, gate: tape.data(gate), up: tape.data(up), dGate: dGate, dUp: dUp,
            count: output.count)
    }
}

extension Tape {
    /// silu(gate) · up, elementwise (Shazeer 2020, arXiv 2002.05202).
    ///
    /// - Precondition: gate and up have no other use.
    package func swiGLU(gate: Tensor, up: Tensor) -> Tensor {
        precondition(gate.rows == up.rows && gate.columns == up.columns)
        let needed = requiresGradient(gate) || requiresGradient(up)
        if needed {
            nodes[gate.node].requiresGradient = true
            nodes[up.node].requiresGradient = true
        }
        let output = make(rows: gate.rows, columns: gate.columns, requiresGradient: needed)
        let operation = SwiGLUOperation(gate: gate, up: up, output: output)
        operation.forward(on: self)
        record(.swiGLU(operation))
        return output
    }
}
