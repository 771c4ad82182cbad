internal import Kernels
internal import Tensors

/// The norms of a weight's rows under a low-rank update, without making the sum.
///
/// ‖wᵢ + s·A'bᵢ‖² = ‖wᵢ‖² + 2s·bᵢ·(A·wᵢ) + s²·bᵢ·(A·A')·bᵢ, which costs the products of `rank`
/// more rows of input.
struct RowNorms {
    /// Those of the weight alone.
    var ofBase: [Float] { squares.map { Float($0.squareRoot()) } }
    private let squares: [Double]

    init(of weight: Parameter) {
        squares = (0..<weight.rows).map {
            Elementwise.sumOfSquares(weight.values + $0 * weight.columns, count: weight.columns)
        }
    }

    /// Those of base + scale·b·a.
    func withUpdate(b: Parameter, a: Parameter, scale: Float, base: Parameter) -> [Float] {
        let (rows, rank) = (b.rows, b.columns)
        let gram = Self.product(
            a.values, a.values, rows: rank, inner: a.columns, columns: rank)
        // base·a' + scale/2 · b·(a·a'), whose products with b are half of what the square gains.
        var mixed = Self.product(
            base.values, a.values, rows: rows, inner: a.columns, columns: rank)
        gram.withUnsafeBufferPointer { gram in
            guard let gram = gram.baseAddress else { return }
            Gemm.multiply(
                MatrixOperand(b.values, stride: rank), MatrixOperand(gram, stride: rank),
                into: &mixed, rows: rows, inner: rank, columns: rank, alpha: scale / 2, beta: 1)
        }
        let gains = Rows.dotProducts(mixed, b.values, rows: rows, channels: rank)
        return zip(squares, gains).map { square, gain in
            Float(max(0, square + 2 * Double(scale) * gain).squareRoot())
        }
    }

    /// left · right'.
    private static func product(
        _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, rows: Int, inner: Int,
        columns: Int
    ) -> [Float] {
        var result = [Float](repeating: 0, count: rows * columns)
        Gemm.multiply(
            MatrixOperand(left, stride: inner),
            MatrixOperand(right, stride: inner, transposed: true), into: &result,
            rows: rows, inner: inner, columns: columns)
        return result
    }
}
