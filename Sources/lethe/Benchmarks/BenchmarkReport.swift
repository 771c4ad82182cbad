import Foundation
import Kernels

/// Measured numbers under their names, in order, as text for people or JSON for programs.
struct BenchmarkReport {
    /// A number or a word.
    enum Value: Encodable {
        case text(String)
        case count(Int)
        /// A number that is shown with some digits after the point.
        case number(Double, digits: Int)
        case bytes(Int)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .count(let count), .bytes(let count): try container.encode(count)
            case .number(let number, _): try container.encode(number)
            }
        }

        var shown: String {
            switch self {
            case .text(let text): text
            case .count(let count): "\(count)"
            case .number(let number, let digits): AlignedText.number(number, digits: digits)
            case .bytes(let bytes): AlignedText.size(bytes)
            }
        }
    }

    private(set) var entries: [(key: String, label: String, value: Value)] = []

    /// A report that starts with what the numbers depend on.
    static var ofThisMachine: BenchmarkReport {
        var report = BenchmarkReport()
        report.add("blas", "BLAS", .text(BLAS.name))
        report.add("threads", "threads", .count(Workers.count))
        return report
    }

    mutating func add(_ key: String, _ label: String, _ value: Value) {
        entries.append((key, label, value))
    }

    /// - Throws: Foundation's error if the reader is gone.
    func write(_ format: BenchCommand.Format) throws {
        switch format {
        case .text:
            try StandardOutput.write(
                AlignedText.lines(entries.map { [$0.label, $0.value.shown] }))
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let values = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
            try StandardOutput.write(
                String(decoding: try encoder.encode(values), as: UTF8.self) + "\n")
        }
    }
}
