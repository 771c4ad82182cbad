import ArgumentParser
import Kernels

/// `lethe bench gemm`: matrix products in the shapes that training uses.
struct BenchGemmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gemm",
        abstract: "GFLOP/s of matrix products by the BLAS in use and by the built-in loop.")

    @Option(help: "Timed runs of each product; the median counts.")
    var runs = 5

    @Option(help: "text or json.")
    var format = BenchCommand.Format.text

    /// Rows, inner and columns: projections of SmolLM2-135M on 1,024 tokens, its output head on
    /// 256, and a projection of the embedded model on 2,048.
    private static let shapes = [
        MatrixProduct(rows: 1024, inner: 576, columns: 1536, rightTransposed: true),
        MatrixProduct(rows: 1024, inner: 1536, columns: 576),
        MatrixProduct(rows: 1536, inner: 1024, columns: 576, leftTransposed: true),
        MatrixProduct(rows: 256, inner: 576, columns: 49152, rightTransposed: true),
        MatrixProduct(rows: 2048, inner: 128, columns: 384, rightTransposed: true),
    ]

    func validate() throws {
        if runs < 1 { throw ValidationError("--runs \(runs): use at least 1") }
    }

    func run() throws {
        try Failure.report {
            var table = BenchmarkTable(
                caption: "GFLOP/s, medians of \(runs); best: of the libraries on this machine, "
                    + "on one thread.")
            for shape in Self.shapes { table.add(row(shape)) }
            try table.write(format)
        }
    }

    private func row(_ shape: MatrixProduct) -> BenchmarkTable.Row {
        let timer = ProductTimer([shape])
        func speed(_ path: MatrixProduct.Path) -> Double {
            timer.gigaflopsPerSecond(path, runs: runs)
        }
        let libraries = BLAS.withEach { speed(.oneThread) }
        var row = BenchmarkTable.Row()
        row.add("product", "rows x inner x columns", .text(Self.name(shape)))
        row.add("one_thread", "one thread", .number(libraries[0].result, digits: 1))
        row.add("all_threads", "all", .number(speed(.allThreads), digits: 1))
        row.add("built_in", "built-in", .number(speed(.portable), digits: 1))
        if let best = libraries.max(by: { $0.result < $1.result }) {
            row.add("best", "best", .number(best.result, digits: 1))
            row.add("best_library", "library", .text(best.name))
        }
        return row
    }

    private static func name(_ product: MatrixProduct) -> String {
        let left = product.isLeftTransposed ? "T" : ""
        let right = product.isRightTransposed ? "T" : ""
        return "\(product.rows)\(left) x \(product.inner) x \(product.columns)\(right)"
    }
}
