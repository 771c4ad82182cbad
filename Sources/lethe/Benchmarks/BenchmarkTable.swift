import Foundation
import Kernels

/// Measured numbers, a row for each thing measured, as a table for people or JSON for programs.
struct BenchmarkTable {
    /// Named values in order; a name is a JSON key, a label the heading of a column.
    struct Row {
        private(set) var entries: [(key: String, label: String, value: Value)] = []

        mutating func add(_ key: String, _ label: String, _ value: Value) {
            entries.append((key, label, value))
        }
    }

    /// A number or a word.
    enum Value: Encodable {
        case text(String)
        case count(Int)
        /// A number that is shown with some digits after the point.
        case number(Double, digits: Int)
        /// A duration in seconds, shown in milliseconds.
        case seconds(Double)
        case bytes(Int)
        case missing

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .count(let count), .bytes(let count): try container.encode(count)
            case .number(let number, _), .seconds(let number): try container.encode(number)
            case .missing: try container.encodeNil()
            }
        }

        var shown: String {
            switch self {
            case .text(let text): text
            case .count(let count): "\(count)"
            case .number(let number, let digits): AlignedText.number(number, digits: digits)
            case .seconds(let seconds): AlignedText.number(seconds * 1000, digits: 1)
            case .bytes(let bytes): AlignedText.size(bytes)
            case .missing: "-"
            }
        }

        var isText: Bool { if case .text = self { true } else { false } }
    }

    private var rows: [Row] = []
    /// What the numbers mean, under the line about the machine.
    private let caption: String

    init(caption: String) { self.caption = caption }

    mutating func add(_ row: Row) { rows.append(row) }

    /// - Throws: As `StandardOutput.send`.
    func write(_ format: BenchCommand.Format) throws {
        switch format {
        case .text: try StandardOutput.write(text)
        case .json: for row in rows { try StandardOutput.write(try Self.json(row)) }
        }
    }

    private var text: String {
        let machine =
            "\(MachineReport.processor), \(Workers.count) threads, BLAS \(BLAS.name)\n\(caption)\n"
        guard let first = rows.first else { return machine }
        let numbers = first.entries.indices.filter { !first.entries[$0].value.isText }
        let lines =
            [first.entries.map(\.label)] + rows.map { $0.entries.map(\.value.shown) }
        return machine + AlignedText.lines(lines, rightAligned: Set(numbers))
    }

    /// One line: the row's values, and what they depend on.
    private static func json(_ row: Row) throws -> String {
        var values = Dictionary(uniqueKeysWithValues: row.entries.map { ($0.key, $0.value) })
        values["blas"] = .text(BLAS.name)
        values["processor"] = .text(MachineReport.processor)
        values["threads"] = values["threads"] ?? .count(Workers.count)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(values), as: UTF8.self) + "\n"
    }
}
