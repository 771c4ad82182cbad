package import Kernels

/// activation(gate) · up, or activation(gate) alone.
struct ActivateOperation {
    let gate: Tensor
    let up: Tensor?
    let output: Tensor
    let activation: Activation

    func forward(on tape: Tape) {
        let (gate, output, count) = (tape.data(gate), tape.data(output), output.count)
        if let up, activation == .silu {
            Elementwise.swiGLU(gate: gate, up: tape.data(up), into: output, count: count)
            return
        }
        let slope = tape.arena.floats(count)
        activation.values(gate, into: output, slope: slope, count: count)
        tape.arena.release(slope, count: count)
        if let up { Elementwise.multiply(output, by: tape.data(up), count: count) }
    }

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let (dGate, _) = tape.gradientToWrite(gate)
        if let up {
            backward(dOutput, up: up, dGate: dGate, on: tape)
        } else {
            let value = tape.arena.floats(output.count)
            activation.values(tape.data(gate), into: value, slope: dGate, count: output.count)
            tape.arena.release(value, count: output.count)
            Elementwise.multiply(dGate, by: dOutput, count: output.count)
        }
    }

    /// With f the activation: dGate = dOutput · up · f′(gate), dUp = dOutput · f(gate).
    private func backward(
        _ dOutput: UnsafeMutablePointer<Float>, up: Tensor, dGate: UnsafeMutablePointer<Float>,
        on tape: Tape
    ) {
        let (dUp, _) = tape.gradientToWrite(up)
        let (gate, up, count) = (tape.data(gate), tape.data(up), output.count)
        if activation == .silu {
            Elementwise.swiGLUBackward(
                dOutput, gate: gate, up: up, dGate: dGate, dUp: dUp, count: count)
            return
        }
        activation.values(gate, into: dUp, slope: dGate, count: count)
        Elementwise.multiply(dUp, by: dOutput, count: count)
        Elementwise.multiply(dGate, by: dOutput, count: count)
        Elementwise.multiply(dGate, by: up, count: count)
    }
}

extension Tape {
    /// activation(gate) · up, elementwise (Shazeer 2020, arXiv 2002.05202).
    ///
    /// - Precondition: gate and up have no other use.
    package func gated(_ activation: Activation, gate: Tensor, up: Tensor) -> Tensor {
        precondition(gate.rows == up.rows && gate.columns == up.columns)
        return activate(activation, gate: gate, up: up)
    }

    /// activation(x), elementwise.
    ///
    /// - Precondition: x has no other use.
    package func activate(_ activation: Activation, _ x: Tensor) -> Tensor {
        activate(activation, gate: x, up: nil)
    }

    private func activate(_ activation: Activation, gate: Tensor, up: Tensor?) -> Tensor {
        let needed = requiresGradient(gate) || up.map(requiresGradient) ?? false
        if needed {
            nodes[gate.node].requiresGradient = true
            if let up { nodes[up.node].requiresGradient = true }
        }
        let output = make(rows: gate.rows, columns: gate.columns, requiresGradient: needed)
        let operation = ActivateOperation(
            gate: gate, up: up, output: output, activation: activation)
        operation.forward(on: self)
        record(.activate(operation))
        return output
    }
}
