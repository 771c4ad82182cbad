internal import Kernels

extension Parameter {
    /// Adds a scaled product of two parameters: values += scale · left · right.
    ///
    /// - Shapes: left [rows, inner]; right [inner, columns].
    package func addProduct(_ left: Parameter, _ right: Parameter, scale: Float) {
        precondition(
            left.rows == rows && left.columns == right.rows && right.columns == columns,
            "\(name): [\(rows), \(columns)] += [\(left.rows), \(left.columns)] · "
                + "[\(right.rows), \(right.columns)]")
        Gemm.multiply(
            MatrixOperand(left.values, stride: left.columns),
            MatrixOperand(right.values, stride: right.columns), into: values, rows: rows,
            inner: left.columns, columns: columns, alpha: scale, beta: 1)
    }
}
