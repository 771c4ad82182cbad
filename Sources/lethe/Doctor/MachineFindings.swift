import Foundation
import Kernels

/// What `lethe doctor` finds of the machine: processor, memory, BLAS.
enum MachineFindings {
    static var all: [Finding] { [processor, features, memory] + blas }

    private static var processor: Finding {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return Finding(
            .ok, "processor", "\(MachineReport.processor), \(cores) cores, \(Workers.count) threads"
        )
    }

    private static var features: Finding {
        let known = [
            "avx2", "fma", "avx512f", "avx512bw", "avx512_bf16", "amx_tile", "asimd", "sve",
        ]
        let found = known.filter(MachineReport.processorFeatures.contains)
        let isWide = found.contains("avx512f") || (found.contains("avx2") && found.contains("fma"))
        let list = found.isEmpty ? "none known" : found.joined(separator: " ")
        return isWide
            ? Finding(.ok, "vectors", list)
            : Finding(.poor, "vectors", list, advice: "a processor with AVX2 or AVX-512 is faster")
    }

    private static var memory: Finding {
        let total = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let available = availableMemory.map { ", \(AlignedText.size($0)) available" } ?? ""
        let text = "\(AlignedText.size(total))\(available)"
        return (availableMemory ?? total) < 4_000_000_000
            ? Finding(
                .poor, "memory", text,
                advice: "smollm2-135m takes 3 GB to fine-tune; the embedded model 0.2 GB")
            : Finding(.ok, "memory", text)
    }

    private static var availableMemory: Int? {
        let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    // MARK: - BLAS

    private static let install =
        "Scripts/setup, or apt install libopenblas0-pthread, or LETHE_BLAS=/path/to/libopenblas.so"
    /// Below this share of the best library's speed the choice is worth a word.
    private static let enough = 0.9

    private static var blas: [Finding] {
        let timer = ProductTimer([
            MatrixProduct(rows: 1024, inner: 576, columns: 1536, rightTransposed: true)
        ])
        func speed(_ path: MatrixProduct.Path) -> Double {
            timer.gigaflopsPerSecond(path, runs: 9)
        }
        let libraries = BLAS.withEach { speed(.oneThread) }
        let (all, portable) = (speed(.allThreads), speed(.portable))
        guard BLAS.name != BLAS.portable, let one = libraries.first?.result else {
            return [
                Finding(.missing, "BLAS", "none; the built-in loop computes", advice: install),
                Finding(.ok, "products", "built-in loop \(text(portable)) on one thread"),
            ]
        }
        let name = BLAS.name
        let description = BLAS.summary.isEmpty ? name : "\(name): \(BLAS.summary)"
        return [
            unusable ?? Finding(.ok, "BLAS", description),
            Finding(
                .ok, "products",
                "\(text(one)) on one thread, \(text(all)) on \(Workers.count); "
                    + "built-in loop \(text(portable)) on one"),
            comparison(libraries + [(BLAS.portable, portable)]),
        ]
    }

    /// The library that the user named, if it is not the one in use.
    private static var unusable: Finding? {
        let wanted = ProcessInfo.processInfo.environment["LETHE_BLAS"] ?? ""
        guard !wanted.isEmpty, wanted != BLAS.name else { return nil }
        return Finding(
            .poor, "BLAS", "LETHE_BLAS=\(wanted) cannot be used; \(BLAS.name) is",
            advice: "name a library for this processor that has cblas_sgemm")
    }

    /// The library in use, which comes first, against the best.
    private static func comparison(_ libraries: [(name: String, result: Double)]) -> Finding {
        let best = libraries.max { $0.result < $1.result } ?? (BLAS.name, 0)
        let share = best.result > 0 ? libraries[0].result / best.result : 1
        let percent = AlignedText.number(100 * share, digits: 0)
        let found = "\(percent) % of the best of \(libraries.count) found here (\(best.name))"
        return share < enough
            ? Finding(
                .poor, "BLAS choice", found,
                advice: "measure again on a quiet machine; if it stays: LETHE_BLAS=\(best.name)")
            : Finding(.ok, "BLAS choice", found)
    }

    private static func text(_ gigaflops: Double) -> String {
        "\(AlignedText.number(gigaflops, digits: 0)) GFLOP/s"
    }
}
