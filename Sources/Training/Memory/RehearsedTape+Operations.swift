internal import Kernels
internal import Tensors

/// The operations of `Tape` under the same names.
extension RehearsedTape {
    mutating func embedding(_ table: Weight, tokens: Int) -> Value {
        let output = make(rows: tokens, columns: table.columns, needsGradient: table.isTrained)
        take(tokens)
        record(Operation(output: output, target: output, weights: [table]))
        return output
    }

    /// A projection; of blocks of a row where the result has more columns than the weight rows.
    mutating func linear(_ input: Value, weight: Weight, columns: Int? = nil) -> Value {
        let output = make(
            rows: input.rows, columns: columns ?? weight.rows,
            needsGradient: needsGradient(input) || weight.isTrained)
        record(
            Operation(
                output: output, target: output, inputs: [input],
                reads: weight.isTrained ? [input] : [], weights: [weight]))
        return output
    }

    mutating func addLinear(_ input: Value, weight: Weight, into output: Value) {
        if needsGradient(input) || weight.isTrained { requireGradient(output) }
        record(
            Operation(
                target: output, inputs: [input], reads: weight.isTrained ? [input] : [],
                weights: [weight]))
    }

    mutating func addBias(_ bias: Weight, into output: Value) {
        if bias.isTrained { requireGradient(output) }
        record(Operation(target: output, weights: [bias]))
    }

    /// A norm of rows as wide as its gain; `bias` is that of LayerNorm.
    mutating func norm(_ input: Value, gain: Weight, bias: Weight?) -> Value {
        let weights = [gain, bias].compactMap { $0 }
        let trained = weights.count(where: \.isTrained)
        let output = make(
            rows: input.rows, columns: input.columns,
            needsGradient: needsGradient(input) || trained > 0)
        take((bias == nil ? 1 : 2) * input.count / gain.columns)
        record(
            Operation(
                output: output, target: output, always: [input], reads: [input], weights: weights,
                scratch: trained * Rows.gainParts * gain.columns))
        return output
    }

    /// The positions that a rotation in place keeps.
    mutating func rotate(rows: Int) { take(rows) }

    mutating func attention(
        q: Value, k: Value, v: Value, longest: Int, shape: AttentionShape
    ) -> Value {
        let needed = [q, k, v].contains(where: needsGradient)
        if needed { for value in [q, k, v] { requireGradient(value) } }
        let output = make(rows: q.rows, columns: q.columns, needsGradient: needed)
        take(q.rows * shape.heads)
        let scratch = Workers.count * Attention.scratchCount(longest: longest, shape)
        borrow(scratch)
        record(
            Operation(
                output: output, target: output, always: [q, k, v], reads: [q, k, v, output],
                scratch: scratch))
        return output
    }

    /// An activation, of a gate where there is something that it gates.
    mutating func activate(_ activation: Activation, gate: Value, up: Value?) -> Value {
        let values = [gate, up].compactMap { $0 }
        let needed = values.contains(where: needsGradient)
        if needed { for value in values { requireGradient(value) } }
        let output = make(
            rows: gate.rows, columns: gate.columns, needsGradient: needed,
            scratch: up == nil || activation != .silu ? gate.count : 0)
        record(
            Operation(
                output: output, target: output, always: values, reads: values,
                scratch: up == nil ? output.count : 0))
        return output
    }

    mutating func add(_ input: Value, into target: Value) {
        if needsGradient(input) { requireGradient(target) }
        record(Operation(target: target, inputs: [input], handsOn: true))
    }

    /// An operation that makes a value of another width of each row: routes, dropout, slices of
    /// frozen weights.
    mutating func map(_ input: Value, columns: Int) -> Value {
        let output = make(
            rows: input.rows, columns: columns, needsGradient: needsGradient(input))
        record(Operation(output: output, target: output, inputs: [input]))
        return output
    }

    mutating func addMap(_ input: Value, into output: Value) {
        if needsGradient(input) { requireGradient(output) }
        record(Operation(target: output, inputs: [input]))
    }

    mutating func scaleColumns(_ input: Value, gain: Weight) -> Value {
        let output = make(rows: input.rows, columns: input.columns, needsGradient: false)
        addScaledColumns(input, gain: gain, into: output, isOutput: true)
        return output
    }

    mutating func addScaledColumns(
        _ input: Value, gain: Weight, into output: Value, isOutput: Bool = false
    ) {
        if needsGradient(input) || gain.isTrained { requireGradient(output) }
        take(2 * input.columns)
        record(
            Operation(
                output: isOutput ? output : nil, target: output, inputs: [input],
                reads: gain.isTrained ? [input] : [], weights: [gain],
                scratch: gain.isTrained ? input.columns : 0))
    }

    /// The loss of so many rows, with the gradients of hidden rows and head.
    mutating func crossEntropy(_ hidden: Value, head: Weight, hasCap: Bool, rows: Int) {
        for _ in 0..<3 { take(rows) }
        take(rows * hidden.columns)
        if needsGradient(hidden) { take(rows * hidden.columns) }
        take(rows)
        let logits = Tape.logitsChunk(rows: rows, vocabulary: head.rows) * head.rows
        borrow(logits) { tape in
            if hasCap { tape.borrow(logits) }
            tape.reach(head)
        }
        record(Operation(inputs: [hidden]))
    }
}
