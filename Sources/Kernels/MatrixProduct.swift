/// The shape of a matrix product, and how its operands are stored: [rows, inner] · [inner, columns].
package struct MatrixProduct: Sendable, Equatable {
    /// Who computes it.
    package enum Path: Sendable, CaseIterable {
        /// The BLAS in use, on the thread pool.
        case allThreads
        /// The BLAS in use, on the calling thread.
        case oneThread
        /// The built-in loop, on the calling thread.
        case portable
    }

    package var rows: Int
    package var inner: Int
    package var columns: Int
    package var isLeftTransposed: Bool
    package var isRightTransposed: Bool

    package init(
        rows: Int, inner: Int, columns: Int, leftTransposed: Bool = false,
        rightTransposed: Bool = false
    ) {
        precondition(rows > 0 && inner > 0 && columns > 0, "[\(rows), \(inner), \(columns)]")
        self.rows = rows
        self.inner = inner
        self.columns = columns
        isLeftTransposed = leftTransposed
        isRightTransposed = rightTransposed
    }

    package var flops: Double { 2 * Double(rows) * Double(inner) * Double(columns) }
}

/// Times matrix products on operands of their own.
package final class ProductTimer {
    private let products: [MatrixProduct]
    private let left: [Float]
    private let right: [Float]
    private var result: [Float]

    /// A list of products that share one set of operands, as large as the largest needs.
    package init(_ products: [MatrixProduct]) {
        self.products = products
        func size(_ count: (MatrixProduct) -> Int) -> Int {
            products.reduce(0) { max($0, count($1)) }
        }
        left = Self.values(size { $0.rows * $0.inner })
        right = Self.values(size { $0.inner * $0.columns })
        result = [Float](repeating: 0, count: size { $0.rows * $0.columns })
    }

    package var flops: Double { products.reduce(0) { $0 + $1.flops } }

    /// How fast the whole list is computed, at the median of its times.
    package func gigaflopsPerSecond(_ path: MatrixProduct.Path, runs: Int) -> Double {
        flops / medianSeconds(path, runs: runs) / 1e9
    }

    /// Times the whole list, after a run to warm up.
    ///
    /// - Parameters:
    ///   - path: Who computes the products.
    ///   - runs: How often the list is timed, at least once.
    /// - Returns: The median, in seconds.
    package func medianSeconds(_ path: MatrixProduct.Path = .allThreads, runs: Int) -> Double {
        precondition(runs > 0, "\(runs) runs")
        let clock = ContinuousClock()
        run(path)
        let times = (0..<runs).map { _ in clock.measure { run(path) } / .seconds(1) }.sorted()
        return times[runs / 2]
    }

    private func run(_ path: MatrixProduct.Path) {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                result.withUnsafeMutableBufferPointer { result in
                    guard let a = left.baseAddress, let b = right.baseAddress,
                        let c = result.baseAddress
                    else { return }
                    for product in products { Self.compute(product, path, a, b, c) }
                }
            }
        }
    }

    private static func compute(
        _ product: MatrixProduct, _ path: MatrixProduct.Path, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        let left = MatrixOperand(
            a, stride: product.isLeftTransposed ? product.rows : product.inner,
            transposed: product.isLeftTransposed)
        let right = MatrixOperand(
            b, stride: product.isRightTransposed ? product.inner : product.columns,
            transposed: product.isRightTransposed)
        let shape = (rows: product.rows, inner: product.inner, columns: product.columns)
        switch path {
        case .allThreads:
            Gemm.multiply(
                left, right, into: c, rows: shape.rows, inner: shape.inner, columns: shape.columns)
        case .oneThread:
            Gemm.single(left, right, into: c, shape: shape, stride: shape.columns, 1, 0)
        case .portable:
            Gemm.portable(left, right, into: c, shape: shape, stride: shape.columns, 1, 0)
        }
    }

    /// Numbers of ordinary size, so that no product meets values that processors are slow with.
    private static func values(_ count: Int) -> [Float] {
        (0..<count).map { Float($0 % 17 - 8) / 16 }
    }
}
