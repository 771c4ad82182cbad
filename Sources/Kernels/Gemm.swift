internal import CKernels

/// A read-only matrix operand: row-major with a stride, as stored or transposed.
package struct MatrixOperand {
    package let base: UnsafePointer<Float>
    package let stride: Int
    package let isTransposed: Bool

    package init(_ base: UnsafePointer<Float>, stride: Int, transposed: Bool = false) {
        self.base = base
        self.stride = stride
        isTransposed = transposed
    }

    /// The operand without its first `count` rows (of the matrix as used in the product).
    func droppingRows(_ count: Int) -> MatrixOperand {
        MatrixOperand(
            base + (isTransposed ? count : count * stride), stride: stride, transposed: isTransposed
        )
    }

    /// The operand without its first `count` columns.
    func droppingColumns(_ count: Int) -> MatrixOperand {
        MatrixOperand(
            base + (isTransposed ? count * stride : count), stride: stride, transposed: isTransposed
        )
    }
}

/// Matrix products over the BLAS found at run time.
package enum Gemm {
    /// Work below this is not worth splitting (about 20 microseconds on one core).
    static let partFlops = 4_000_000
    static let mostParts = 4

    /// C[rows, columns] = alpha * A[rows, inner] * B[inner, columns] + beta * C.
    ///
    /// The longer side of C is split over the pool into parts that depend on the shape alone.
    package static func multiply(
        _ a: MatrixOperand, _ b: MatrixOperand, into c: UnsafeMutablePointer<Float>,
        rows: Int, inner: Int, columns: Int, alpha: Float = 1, beta: Float = 0
    ) {
        let flops = 2 * rows * inner * columns
        let long = max(rows, columns)
        let parts = max(1, min(mostParts, min(flops / partFlops, long / 16)))
        let size = ((long + parts - 1) / parts + 15) / 16 * 16
        let shape = (rows: rows, inner: inner, columns: columns)
        Workers.run((long + size - 1) / size) { index, _ in
            let start = index * size
            let count = min(size, long - start)
            if rows >= columns {
                single(
                    a.droppingRows(start), b, into: c + start * columns,
                    shape: (count, shape.inner, shape.columns), stride: columns, alpha, beta)
            } else {
                single(
                    a, b.droppingColumns(start), into: c + start,
                    shape: (shape.rows, shape.inner, count), stride: columns, alpha, beta)
            }
        }
    }

    /// The product on the calling thread, with a row stride for C.
    package static func single(
        _ a: MatrixOperand, _ b: MatrixOperand, into c: UnsafeMutablePointer<Float>,
        shape: (rows: Int, inner: Int, columns: Int), stride: Int, _ alpha: Float, _ beta: Float
    ) {
        lk_gemm(
            a.isTransposed, b.isTransposed, shape.rows, shape.columns, shape.inner, alpha, a.base,
            a.stride, b.base, b.stride, beta, c, stride)
    }

    /// The same by the built-in loop, whatever BLAS is loaded.
    package static func portable(
        _ a: MatrixOperand, _ b: MatrixOperand, into c: UnsafeMutablePointer<Float>,
        shape: (rows: Int, inner: Int, columns: Int), stride: Int, _ alpha: Float, _ beta: Float
    ) {
        lk_gemm_portable(
            a.isTransposed, b.isTransposed, shape.rows, shape.columns, shape.inner, alpha, a.base,
            a.stride, b.base, b.stride, beta, c, stride)
    }
}
