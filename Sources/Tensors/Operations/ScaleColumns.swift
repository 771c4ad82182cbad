internal import Kernels

struct ScaleColumnsOperation {
    let input: Tensor
    let output: Tensor
    let gain: Parameter
    /// gain / divisor, and 1 / divisor behind it where there is a divisor.
    let factors: UnsafeMutablePointer<Float>
    let hasDivisor: Bool

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        let columns = input.columns
        if tape.requiresGradient(input) {
            let (dInput, fresh) = tape.gradientToWrite(input)
            Columns.scale(
                dOutput, by: factors, into: dInput, accumulate: !fresh, rows: input.rows,
                columns: columns)
        }
        guard gain.isTrainable else { return }
        let sums = tape.arena.floats(columns)
        Columns.products(
            dOutput, tape.data(input), into: sums, rows: input.rows, columns: columns)
        let (dGain, fresh) = tape.gradientToWrite(gain)
        for column in 0..<columns {
            let slope = sums[column] * (hasDivisor ? factors[columns + column] : 1)
            dGain[column] = fresh ? slope : dGain[column] + slope
        }
        tape.arena.release(sums, count: columns)
    }
}

extension Tape {
    /// Scales every column: y = x · gain / divisor, the divisor a constant.
    ///
    /// - Shapes: input [rows, columns]; gain [1, columns]; divisor [columns].
    package func scaleColumns(
        _ input: Tensor, gain: Parameter, divisor: UnsafeBufferPointer<Float>? = nil
    ) -> Tensor {
        let output = make(rows: input.rows, columns: input.columns, requiresGradient: false)
        let operation = scale(input, gain, divisor, into: output, accumulate: false)
        record(
            .scaleColumns(operation), keeping: operation.factors, count: 2 * input.columns)
        return output
    }

    /// The same on top of a tensor, in place.
    ///
    /// In place is sound where no operation's gradient needs the value of `output`.
    package func addScaledColumns(
        _ input: Tensor, gain: Parameter, divisor: UnsafeBufferPointer<Float>? = nil,
        into output: Tensor
    ) {
        precondition(
            input.rows == output.rows && input.columns == output.columns,
            "[\(output.rows), \(output.columns)] += [\(input.rows), \(input.columns)]")
        let operation = scale(input, gain, divisor, into: output, accumulate: true)
        record(
            .scaleColumnsInPlace(operation), keeping: operation.factors,
            count: 2 * input.columns)
    }

    private func scale(
        _ input: Tensor, _ gain: Parameter, _ divisor: UnsafeBufferPointer<Float>?,
        into output: Tensor, accumulate: Bool
    ) -> ScaleColumnsOperation {
        let columns = input.columns
        precondition(
            gain.count == columns && divisor?.count ?? columns == columns,
            "\(gain.name): \(gain.count) factors for \(columns) columns")
        if requiresGradient(input) || gain.isTrainable {
            nodes[output.node].requiresGradient = isRecording
        }
        let factors = arena.floats(2 * columns)
        for column in 0..<columns {
            factors[column] = gain.values[column] / (divisor?[column] ?? 1)
            factors[columns + column] = 1 / (divisor?[column] ?? 1)
        }
        Columns.scale(
            data(input), by: factors, into: data(output), accumulate: accumulate,
            rows: input.rows, columns: columns)
        return ScaleColumnsOperation(
            input: input, output: output, gain: gain, factors: factors,
            hasDivisor: divisor != nil)
    }
}
