internal import Kernels

struct AddOperation {
    let input: Tensor
    let target: Tensor

    /// The input's gradient is the target's.
    ///
    /// The buffer is handed on instead of copied where no later use of the input left one: whatever
    /// adds to the input's gradient later in the replay (earlier in the forward pass) runs after the
    /// operation that made the target has read it.
    func backward(on tape: Tape) {
        guard tape.requiresGradient(input), let dTarget = tape.arrivedGradient(target) else {
            return
        }
        if let dInput = tape.nodes[input.node].gradient {
            Elementwise.accumulate(dTarget, into: dInput, count: input.count)
        } else {
            tape.nodes[input.node].gradient = dTarget
            tape.nodes[target.node].ownsGradient = false
        }
    }
}

extension Tape {
    /// Adds `input` to a projection's result in place: target += input, the residual connection.
    ///
    /// - Precondition: `target` was not made by a projection of `input` itself, and between the
    ///   operation that made it and this one no use of `input` is recorded; nothing was added to it by
    ///   this function before.
    package func add(_ input: Tensor, into target: Tensor) {
        precondition(
            input.rows == target.rows && input.columns == target.columns,
            "[\(target.rows), \(target.columns)] += [\(input.rows), \(input.columns)]")
        precondition(!target.isSame(as: input), "a tensor added to itself")
        precondition(!nodes[target.node].hasResidual, "a second residual for the same tensor")
        nodes[target.node].hasResidual = true
        if requiresGradient(input) { nodes[target.node].requiresGradient = true }
        Elementwise.accumulate(data(input), into: data(target), count: input.count)
        record(.add(AddOperation(input: input, target: target)))
    }
}
