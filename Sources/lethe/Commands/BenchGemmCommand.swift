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
            switch format {
            case .text: try writeTable()
            case .json: try writeReport()
            }
        }
    }

    private func writeTable() throws {
        let header = ["rows x inner x columns", "BLAS, one thread", "all threads", "built-in"]
        let rows = Self.shapes.map { shape in
            [Self.name(shape)]
                + speeds(shape).map { AlignedText.number($0.gigaflops, digits: 1) }
        }
        try StandardOutput.write("BLAS \(BLAS.name) \(BLAS.summary)\n")
        try StandardOutput.write(
            "GFLOP/s, medians of \(runs); all threads: \(Workers.count); built-in: one thread\n")
        try StandardOutput.write(AlignedText.lines([header] + rows, rightAligned: [1, 2, 3]))
    }

    private func writeReport() throws {
        var report = BenchmarkReport.ofThisMachine
        for shape in Self.shapes {
            for speed in speeds(shape) {
                report.add(
                    "\(Self.name(shape)).\(speed.key)", "", .number(speed.gigaflops, digits: 1))
            }
        }
        try report.write(.json)
    }

    private func speeds(_ product: MatrixProduct) -> [(key: String, gigaflops: Double)] {
        let timer = ProductTimer([product])
        let paths: [(String, MatrixProduct.Path)] = [
            ("one_thread", .oneThread), ("all_threads", .allThreads), ("built_in", .portable),
        ]
        return paths.map { key, path in
            (key, timer.flops / timer.medianSeconds(path, runs: runs) / 1e9)
        }
    }

    private static func name(_ product: MatrixProduct) -> String {
        let left = product.isLeftTransposed ? "T" : ""
        let right = product.isRightTransposed ? "T" : ""
        return "\(product.rows)\(left) x \(product.inner) x \(product.columns)\(right)"
    }
}
