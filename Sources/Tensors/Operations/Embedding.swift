internal import Kernels

struct EmbeddingOperation {
    let output: Tensor
    let table: Parameter
    let tokens: UnsafeMutablePointer<Int32>
    let scale: Float
    /// The token whose row gets no gradient here.
    let padding: Int32?

    func backward(on tape: Tape) {
        guard table.isTrainable, let dOutput = tape.arrivedGradient(output) else { return }
        let (dTable, fresh) = tape.gradientToWrite(table)
        if fresh { dTable.update(repeating: 0, count: table.count) }
        for run in runs() {
            Rows.scatterAdd(
                dOutput + run.lowerBound * output.columns, indices: tokens + run.lowerBound,
                into: dTable, scale: scale, rows: run.count, channels: output.columns)
        }
    }

    /// The rows between those of padding.
    private func runs() -> [Range<Int>] {
        guard let padding else { return [0..<output.rows] }
        let breaks = (0..<output.rows).filter { tokens[$0] == padding }
        return zip([-1] + breaks, breaks + [output.rows]).map { $0 + 1..<$1 }
    }
}

extension Tape {
    /// The rows of an embedding table: y[i] = scale · table[tokens[i]].
    ///
    /// The row of a padding token gets no gradient.
    /// - Shapes: table [vocabulary, channels]; result [tokens.count, channels].
    package func embedding(
        _ tokens: [Int32], table: Parameter, scale: Float = 1, padding: Int32? = nil
    ) -> Tensor {
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
        if scale != 1 { Elementwise.scale(data(output), by: scale, count: output.count) }
        record(
            .embedding(
                EmbeddingOperation(
                    output: output, table: table, tokens: indices, scale: scale, padding: padding)),
            keeping: indices, count: tokens.count)
        return output
    }
}
