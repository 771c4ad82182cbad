internal import Kernels

/// Records the operations of a forward pass and replays them backwards.
///
/// Define-by-run over a small set of fused operations (folder `Operations`). Values and gradients
/// live in the arena. A value's gradient accumulates; it is released, with the value, as soon as the
/// operation that made them has been replayed. Nothing is computed for values that no trainable parameter
/// reaches, and values that are cheap to make again need not be kept (`forget`).
package final class Tape {
    /// A value on the tape.
    struct Node {
        /// Nil while the value is forgotten.
        var data: UnsafeMutablePointer<Float>?
        var count: Int
        var gradient: UnsafeMutablePointer<Float>?
        var requiresGradient: Bool
        /// False when another node's gradient took over this buffer.
        var ownsGradient = true
        /// Whether a residual was added; its gradient is handed on, which only one can take.
        var hasResidual = false
        /// The operation that can make a forgotten value again.
        var maker: Int?
    }

    package let arena: Arena
    /// False for evaluation: nothing is recorded and `scope` frees what it can.
    package let isRecording: Bool
    /// Whether the bits of a row of a projection are the same whatever rows are computed with it.
    package let keepsRowsApart: Bool
    var nodes: [Node] = []
    private var operations: [Operation] = []
    private var touched: [Parameter] = []
    /// Floating-point operations of all matrix products so far.
    package private(set) var flops = 0

    /// - Precondition: A tape that records does not keep rows apart.
    package init(arena: Arena, isRecording: Bool, keepsRowsApart: Bool = false) {
        precondition(!(isRecording && keepsRowsApart), "rows are kept apart without gradients only")
        self.arena = arena
        self.isRecording = isRecording
        self.keepsRowsApart = keepsRowsApart
    }

    /// Ends the step: all tensors and gradients become invalid.
    package func reset() {
        for parameter in touched { parameter.clearGradient() }
        touched.removeAll(keepingCapacity: true)
        nodes.removeAll(keepingCapacity: true)
        operations.removeAll(keepingCapacity: true)
        arena.reset()
    }

    // MARK: - Values

    /// Reads a tensor's values.
    package func values(_ tensor: Tensor) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: data(tensor), count: tensor.count)
    }

    /// Reads a tensor's gradient, after `backward` and only if it was not released; for tests.
    package func gradient(_ tensor: Tensor) -> UnsafeBufferPointer<Float>? {
        nodes[tensor.node].gradient.map { UnsafeBufferPointer(start: $0, count: tensor.count) }
    }

    /// A tensor with the given values.
    package func constant(
        _ values: UnsafeBufferPointer<Float>, rows: Int, columns: Int,
        requiresGradient: Bool = false
    ) -> Tensor {
        precondition(
            values.count == rows * columns, "\(values.count) values for [\(rows), \(columns)]")
        let tensor = make(rows: rows, columns: columns, requiresGradient: requiresGradient)
        if let base = values.baseAddress { data(tensor).update(from: base, count: values.count) }
        return tensor
    }

    func make(rows: Int, columns: Int, requiresGradient: Bool) -> Tensor {
        precondition(rows > 0 && columns > 0, "a tensor of shape [\(rows), \(columns)]")
        let count = rows * columns
        nodes.append(
            Node(
                data: arena.floats(count), count: count, gradient: nil,
                requiresGradient: requiresGradient && isRecording))
        return Tensor(rows: rows, columns: columns, node: nodes.count - 1)
    }

    func data(_ tensor: Tensor) -> UnsafeMutablePointer<Float> {
        if let data = nodes[tensor.node].data { return data }
        guard let maker = nodes[tensor.node].maker else {
            preconditionFailure("a value was forgotten that nothing can make again")
        }
        let data = arena.floats(tensor.count)
        nodes[tensor.node].data = data
        operations[maker].remake(on: self)
        return data
    }

    /// Says that the forward pass needs a value no more, so that its memory can serve others.
    ///
    /// The backward pass makes the value again if it needs it. Values that are dear to make, and
    /// those of a tape that does not record, stay.
    package func forget(_ tensor: Tensor) {
        guard let maker = operations.lastIndex(where: { $0.output?.node == tensor.node }),
            operations[maker].isCheapToRemake
        else { return }
        nodes[tensor.node].maker = maker
        releaseData(of: tensor)
    }

    private func releaseData(of tensor: Tensor) {
        guard let data = nodes[tensor.node].data else { return }
        arena.release(data, count: tensor.count)
        nodes[tensor.node].data = nil
    }

    func requiresGradient(_ tensor: Tensor) -> Bool { nodes[tensor.node].requiresGradient }

    func record(_ operation: Operation) {
        if isRecording { operations.append(operation) }
    }

    /// Records an operation that keeps a piece of memory for its backward pass, or gives the piece
    /// back when nothing is recorded.
    func record(
        _ operation: Operation, keeping piece: UnsafeMutablePointer<Float>, count: Int
    ) {
        record(operation)
        if !isRecording { arena.release(piece, count: count) }
    }

    /// The same for a list of integers.
    func record(
        _ operation: Operation, keeping piece: UnsafeMutablePointer<Int32>, count: Int
    ) {
        record(operation)
        if !isRecording { arena.release(piece, count: count) }
    }

    /// Runs a part of the forward pass.
    ///
    /// When nothing is recorded, everything that the part made is freed but its result, and so is
    /// `consumed`.
    package func scope(consuming consumed: Tensor, _ body: () throws -> Tensor) rethrows -> Tensor {
        let first = nodes.count
        let result = try body()
        guard !isRecording else { return result }
        for index in first..<nodes.count where index != result.node {
            if let data = nodes[index].data { arena.release(data, count: nodes[index].count) }
        }
        if consumed.node != result.node && consumed.node < first { releaseData(of: consumed) }
        return result
    }

    // MARK: - Gradients

    /// Replays the recorded operations backwards.
    ///
    /// The values go as the replay passes them: at the end only the parameters' gradients and what
    /// `constant` made are left.
    package func backward() {
        precondition(isRecording, "backward on a tape that does not record")
        for operation in operations.reversed() {
            operation.backward(on: self)
            guard let output = operation.output else { continue }
            releaseGradient(of: output)
            releaseData(of: output)
        }
    }

    /// The gradient of a tensor for an operation that adds to it; `fresh` is true when its
    /// contents are undefined and must be overwritten.
    func gradientToWrite(_ tensor: Tensor) -> (pointer: UnsafeMutablePointer<Float>, fresh: Bool) {
        if let gradient = nodes[tensor.node].gradient { return (gradient, false) }
        let gradient = arena.floats(tensor.count)
        nodes[tensor.node].gradient = gradient
        return (gradient, true)
    }

    /// The same for a parameter.
    ///
    /// The gradient lives until `reset`.
    func gradientToWrite(
        _ parameter: Parameter
    ) -> (pointer: UnsafeMutablePointer<Float>, fresh: Bool) {
        if let gradient = parameter.gradient { return (gradient, false) }
        let gradient = arena.floats(parameter.count)
        parameter.gradient = gradient
        touched.append(parameter)
        return (gradient, true)
    }

    /// The gradient that arrived at an operation's output, or nil if nothing depends on it.
    func arrivedGradient(_ tensor: Tensor) -> UnsafeMutablePointer<Float>? {
        nodes[tensor.node].requiresGradient ? nodes[tensor.node].gradient : nil
    }

    private func releaseGradient(of tensor: Tensor) {
        guard nodes[tensor.node].ownsGradient, let gradient = nodes[tensor.node].gradient else {
            return
        }
        arena.release(gradient, count: tensor.count)
        nodes[tensor.node].gradient = nil
    }

    // MARK: - Products

    /// A matrix product whose operations are counted.
    func multiply(
        _ a: MatrixOperand, _ b: MatrixOperand, into c: UnsafeMutablePointer<Float>,
        rows: Int, inner: Int, columns: Int, alpha: Float = 1, beta: Float = 0
    ) {
        flops += 2 * rows * inner * columns
        guard keepsRowsApart, b.isTransposed, !a.isTransposed else {
            Gemm.multiply(
                a, b, into: c, rows: rows, inner: inner, columns: columns, alpha: alpha,
                beta: beta)
            return
        }
        let scratchCount = RowProducts.scratchCount(rows: rows, inner: inner)
        let scratch = arena.floats(scratchCount)
        RowProducts.multiply(
            a.base, stride: a.stride, b.base, weightStride: b.stride, into: c, rows: rows,
            inner: inner, columns: columns, alpha: alpha, beta: beta, scratch: scratch)
        arena.release(scratch, count: scratchCount)
    }

    func count(flops more: Int) { flops += more }
}
