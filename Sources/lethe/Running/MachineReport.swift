import Foundation
import Kernels

/// What a run ran on, for `environment.json` and `lethe doctor`.
struct MachineReport {
    let entries: [String: String]

    static var current: MachineReport {
        MachineReport(entries: [
            "lethe": Lethe.version,
            "system": ProcessInfo.processInfo.operatingSystemVersionString,
            "processor": processor,
            "cores": String(ProcessInfo.processInfo.activeProcessorCount),
            "threads": String(Workers.count),
            "memory_bytes": String(ProcessInfo.processInfo.physicalMemory),
            "blas": BLAS.name,
            "blas_description": BLAS.summary,
            "started_at": Date().ISO8601Format(),
        ])
    }

    /// The processor's name.
    static var processor: String { processorEntry("model name") ?? "unknown" }

    /// The processor's features by their names in Linux; empty where they are not told.
    static var processorFeatures: Set<String> {
        Set((processorEntry("flags") ?? "").split(separator: " ").map(String.init))
    }

    private static func processorEntry(_ name: String) -> String? {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    }
}
