package import Kernels

struct RouteOperation {
    let input: Tensor
    let output: Tensor
    let routes: ColumnRoutes

    /// The transposed map of the output's gradient.
    func backward(on tape: Tape) {
        guard tape.requiresGradient(input), let dOutput = tape.arrivedGradient(output) else {
            return
        }
        let (dInput, fresh) = tape.gradientToWrite(input)
        if fresh { dInput.update(repeating: 0, count: input.count) }
        Columns.route(
            dOutput, columns: output.columns, into: dInput, columns: input.columns,
            routes: routes, isReversed: true, rows: input.rows)
    }
}

extension Tape {
    /// Sums columns into columns: y[:, target] += x[:, source] for every route, from zero.
    ///
    /// - Shapes: input [rows, in]; result [rows, columns].
    package func route(_ input: Tensor, _ routes: ColumnRoutes, columns: Int) -> Tensor {
        let output = make(
            rows: input.rows, columns: columns, requiresGradient: requiresGradient(input))
        data(output).update(repeating: 0, count: output.count)
        apply(routes, input, output)
        record(.route(RouteOperation(input: input, output: output, routes: routes)))
        return output
    }

    /// The same on top of a tensor, in place.
    ///
    /// In place is sound where no operation's gradient needs the value of `output`.
    package func addRoute(_ input: Tensor, _ routes: ColumnRoutes, into output: Tensor) {
        precondition(input.rows == output.rows, "\(input.rows) rows into \(output.rows)")
        if requiresGradient(input) { nodes[output.node].requiresGradient = true }
        apply(routes, input, output)
        record(.routeInPlace(RouteOperation(input: input, output: output, routes: routes)))
    }

    private func apply(_ routes: ColumnRoutes, _ input: Tensor, _ output: Tensor) {
        precondition(
            routes.sourceCount <= input.columns && routes.targetCount <= output.columns,
            "routes from \(routes.sourceCount) to \(routes.targetCount) columns on "
                + "\(input.columns) and \(output.columns)")
        Columns.route(
            data(input), columns: input.columns, into: data(output), columns: output.columns,
            routes: routes, rows: input.rows)
    }

    /// The same values under another shape.
    package func reshaped(_ tensor: Tensor, rows: Int, columns: Int) -> Tensor {
        precondition(
            rows * columns == tensor.count,
            "[\(tensor.rows), \(tensor.columns)] as [\(rows), \(columns)]")
        return Tensor(rows: rows, columns: columns, node: tensor.node)
    }
}
