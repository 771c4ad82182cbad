internal import Kernels

struct EmbeddingOperation {
    let output: Tensor
    let table: Parameter
    let tokens: UnsafeMutablePointer<Int32>

    func backward(on tape: Tape) {
        guard table.isTrainable, let dOutput = tape.arrivedGradient(output) else { return }
        let (dTable, fresh) = tape.gradientToWrite(table)
        if fresh { dTable.update(repeating: 0, count: table.count) }
        Rows.scatterAdd(
            dOutput, indices: tokens, into: dTable, rows: output.rows, channels: output.columns)
    }
}

extension Tape {
    /// The rows of an embedding table: y[i] = table[tokens[i]].
    ///
    /// - Shapes: table [vocabulary, channels]; result [tokens.count, channels].
    package func embedding(_ tokens: [Int32], table: Parameter) -> Tensor {
        precondition(
            tokens.allSatisfy { $0 >= 0 && $0 < table.rows },
            "a token id outside the vocabulary of \(table.rows)")
        let output = make(
            rows: tokens.count, columns: table.columns, requiresGradient: table.isTrainable)
        let indices = arena.integers(tokens.count)
        for (index, token) in tokens.enumerated() { indices[index] = token }
        Rows.gather(
            table.values, indices: indices, into: data(output), rows: output.rows,
            channels: output.columns)
        record(
            .embedding(EmbeddingOperation(output: output, table: table, tokens: indices)),
            keeping: indices, count: tokens.count)
        return output
    }
}
