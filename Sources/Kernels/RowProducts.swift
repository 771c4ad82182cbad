internal import CKernels

/// Products of rows with a weight as it is stored, y = alpha·x·Wᵀ + beta·y, for batches of any size.
///
/// The bits of a row of the result depend on that row of x and on W alone, not on how many rows there
/// are: what a BLAS does with few rows and with many differs. Nothing of W is copied, so few rows
/// cost little more than reading W once.
package enum RowProducts {
    /// Rows of W that are not worth splitting.
    private static let grain = 48

    /// Floats of scratch for `rows` rows of `inner` numbers.
    package static func scratchCount(rows: Int, inner: Int) -> Int { (rows + 15) / 16 * 16 * inner }

    /// - Shapes: x [rows, inner]; weight [columns, inner]; y [rows, columns];
    ///   scratch [`scratchCount`].
    package static func multiply(
        _ x: UnsafePointer<Float>, stride: Int, _ weight: UnsafePointer<Float>, weightStride: Int,
        into y: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int, alpha: Float,
        beta: Float, scratch: UnsafeMutablePointer<Float>
    ) {
        lk_pack_rows(x, stride, rows, inner, scratch)
        let parts = max(1, min(8, columns / grain))
        let size = ((columns + parts - 1) / parts + grain - 1) / grain * grain
        Workers.run((columns + size - 1) / size) { index, _ in
            let first = index * size
            lk_row_products(
                scratch, rows, weight + first * weightStride, weightStride,
                min(size, columns - first), inner, alpha, beta, y + first, columns)
        }
    }
}
