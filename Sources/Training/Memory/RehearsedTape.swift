internal import Models
internal import Tensors

/// What `Tape` takes of its arena and gives back in a step, without values: the same pieces in the same
/// order.
struct RehearsedTape {
    /// A matrix [rows, columns] of the step.
    struct Value {
        let rows: Int
        let columns: Int
        let node: Int
        var count: Int { rows * columns }
    }

    /// A parameter, of a model or of an adapter.
    struct Weight {
        let name: String
        let rows: Int
        let columns: Int
        let isTrained: Bool
        var count: Int { rows * columns }
    }

    private struct Node {
        let count: Int
        var hasData = true
        var hasGradient = false
        /// False when another value's gradient took over this one's memory.
        var ownsGradient = true
        var needsGradient: Bool
        /// Floats of working space that making the value takes.
        let scratch: Int
    }

    /// What an operation's replay touches.
    struct Operation {
        /// What it made, which goes with its gradient after the replay.
        var output: Value?
        /// Whose gradient must have arrived; nil where it was there from the forward pass on.
        var target: Value?
        /// What gets a gradient if it needs one.
        var inputs: [Value] = []
        /// What gets a gradient in any case.
        var always: [Value] = []
        /// Values that are read.
        var reads: [Value] = []
        var weights: [Weight] = []
        /// Floats of working space.
        var scratch = 0
        /// Whether the target's gradient becomes the input's.
        var handsOn = false
    }

    private var nodes: [Node] = []
    private var operations: [Operation] = []
    /// Parameters with a gradient.
    private var reached: Set<String> = []
    private var used = 0
    /// The most floats that were in use at a time.
    private(set) var peak = 0

    // MARK: - Memory

    /// Pieces start at multiples of 16 floats, as those of `Arena`.
    private static func rounded(_ count: Int) -> Int { (max(1, count) + 15) / 16 * 16 }

    /// Takes a piece that stays until the step ends.
    mutating func take(_ count: Int) {
        used += Self.rounded(count)
        peak = max(peak, used)
    }

    private mutating func give(_ count: Int) { used -= Self.rounded(count) }

    /// Takes a piece and gives it back; of 0 floats none.
    mutating func borrow(_ count: Int, while body: (inout RehearsedTape) -> Void = { _ in }) {
        guard count > 0 else { return body(&self) }
        take(count)
        body(&self)
        give(count)
    }

    // MARK: - Forward

    /// A value that takes some working space to make.
    mutating func make(
        rows: Int, columns: Int, needsGradient: Bool, scratch: Int = 0
    ) -> Value {
        take(rows * columns)
        borrow(scratch)
        nodes.append(
            Node(count: rows * columns, needsGradient: needsGradient, scratch: scratch))
        return Value(rows: rows, columns: columns, node: nodes.count - 1)
    }

    mutating func record(_ operation: Operation) { operations.append(operation) }

    func needsGradient(_ value: Value) -> Bool { nodes[value.node].needsGradient }

    mutating func requireGradient(_ value: Value) { nodes[value.node].needsGradient = true }

    /// Gives back a value that the backward pass makes again.
    mutating func forget(_ value: Value) {
        guard nodes[value.node].hasData else { return }
        give(value.count)
        nodes[value.node].hasData = false
    }

    // MARK: - Backward

    mutating func backward() {
        for operation in operations.reversed() {
            replay(operation)
            guard let output = operation.output else { continue }
            if nodes[output.node].ownsGradient, nodes[output.node].hasGradient {
                give(output.count)
                nodes[output.node].hasGradient = false
            }
            forget(output)
        }
    }

    private mutating func replay(_ operation: Operation) {
        if let target = operation.target {
            guard nodes[target.node].needsGradient, nodes[target.node].hasGradient else { return }
        }
        if operation.handsOn { return handOn(operation) }
        borrow(operation.scratch) { tape in
            for input in operation.inputs where tape.needsGradient(input) {
                tape.takeGradient(of: input)
            }
            for input in operation.always { tape.takeGradient(of: input) }
            for weight in operation.weights { tape.reach(weight) }
            for value in operation.reads { tape.remake(value) }
        }
    }

    private mutating func handOn(_ operation: Operation) {
        guard let input = operation.inputs.first, let target = operation.target,
            needsGradient(input), !nodes[input.node].hasGradient
        else { return }
        nodes[input.node].hasGradient = true
        nodes[target.node].ownsGradient = false
    }

    private mutating func takeGradient(of value: Value) {
        guard !nodes[value.node].hasGradient else { return }
        take(value.count)
        nodes[value.node].hasGradient = true
    }

    private mutating func remake(_ value: Value) {
        guard !nodes[value.node].hasData else { return }
        take(value.count)
        borrow(nodes[value.node].scratch)
        nodes[value.node].hasData = true
    }

    /// Gives a trained parameter its gradient, which stays until the step ends.
    mutating func reach(_ weight: Weight) {
        guard weight.isTrained, reached.insert(weight.name).inserted else { return }
        take(weight.count)
    }
}
