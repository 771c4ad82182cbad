import Foundation
import Kernels
import RunStore
import Studies

/// The base's scores of earlier runs, in the user's cache; what becomes of them is told in the log.
struct KeptBaseScores: BaseScoreStore {
    private let file: BaseScoreFile
    private let isFresh: Bool
    private let log: (String) -> Void

    /// Fails where there is no folder for caches.
    ///
    /// - Parameters:
    ///   - prepared: The study, which says how scores are measured.
    ///   - inputs: The files that it was made from.
    ///   - request: The run, in whose log is told what becomes of the scores.
    init?(_ prepared: PreparedStudy, inputs: [RunAttempt.Input], for request: RunRequest) {
        let environment = ProcessInfo.processInfo.environment
        guard let folder = BaseScoreFile.folder(environment) else { return nil }
        let settings = prepared.study.measuredBy.merging(Self.measuredWith) { first, _ in first }
        file = BaseScoreFile(inputs: inputs, settings: settings, in: folder)
        isFresh = request.isFresh
        let run = request.lock.folder
        log = { message in _ = try? RunWriter.openLog(of: run).append(line: message) }
    }

    /// What computes: this very program, its library and processor, and the precision.
    private static var measuredWith: [String: String] {
        let program = try? FileManager.default.attributesOfItem(atPath: "/proc/self/exe")
        let own = try? FileManager.default.attributesOfItem(
            atPath: FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let attributes = own ?? program ?? [:]
        return [
            "lethe": Lethe.version,
            "program size": "\(attributes[.size] ?? "unknown")",
            "program date": (attributes[.modificationDate] as? Date)
                .map { String($0.timeIntervalSince1970) } ?? "unknown",
            "processor": MachineReport.processor, "blas": BLAS.name, "precision": "float32",
        ]
    }

    func read() -> Data? { isFresh ? nil : file.read() }

    func write(_ data: Data) {
        do {
            try file.write(data)
        } catch {
            log("the base's scores cannot be kept for later runs: \(error)")
        }
    }

    func tell(_ use: BaseScoreUse) {
        switch use {
        case .taken(let seconds):
            log(
                "the base's scores are those of an earlier run, which took "
                    + String(format: "%.1f", seconds)
                    + " s to measure them (\(file.url.path)); `--fresh` measures them again")
        case .refused:
            log("\(file.url.path): not the scores of these items; the base is measured again")
        }
    }
}
