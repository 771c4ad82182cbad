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
        "apt install libopenblas0-pthread, or name a library: LETHE_BLAS=/path/to/libopenblas.so"

    private static var blas: [Finding] {
        let timer = ProductTimer([
            MatrixProduct(rows: 1024, inner: 576, columns: 1536, rightTransposed: true)
        ])
        func speed(_ path: MatrixProduct.Path) -> Double {
            timer.flops / timer.medianSeconds(path, runs: 5) / 1e9
        }
        let portable = speed(.portable)
        let name = BLAS.name
        guard name != "portable" else {
            return [
                Finding(.missing, "BLAS", "none; the built-in loop computes", advice: install),
                Finding(.ok, "products", "built-in loop \(text(portable)) on one thread"),
            ]
        }
        let (one, all) = (speed(.oneThread), speed(.allThreads))
        let products =
            "\(text(one)) on one thread, \(text(all)) on \(Workers.count); "
            + "built-in loop \(text(portable)) on one"
        let description = BLAS.summary.isEmpty ? name : "\(name): \(BLAS.summary)"
        return [
            Finding(.ok, "BLAS", description),
            one < portable
                ? Finding(.poor, "products", products, advice: "the BLAS is slow here; \(install)")
                : Finding(.ok, "products", products),
        ]
    }

    private static func text(_ gigaflops: Double) -> String {
        "\(AlignedText.number(gigaflops, digits: 0)) GFLOP/s"
    }
}
