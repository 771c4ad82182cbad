import Datasets
package import Foundation

/// The published file shapes of multiple-choice tasks.
package enum MultipleChoiceFormat: String, Sendable, CaseIterable {
    case arc, hellaswag, piqa, winogrande

    /// The items of `file`, in order.
    /// - Throws: `TaskError.rows` with every bad row, or what the labels file lacks.
    package func read(_ file: URL) throws(TaskError) -> [MultipleChoiceItem] {
        switch self {
        case .arc: try Self.rows(ARCRow.self, file).map(\.item)
        case .hellaswag: try Self.rows(HellaSwagRow.self, file).map(\.item)
        case .winogrande: try Self.rows(WinoGrandeRow.self, file).map(\.item)
        case .piqa: try PIQALabels.join(try Self.rows(PIQARow.self, file), file)
        }
    }

    private static func rows<Row: Decodable>(
        _ type: Row.Type, _ file: URL
    ) throws(TaskError) -> [Row] {
        do {
            return try JSONRows.read(type, from: file)
        } catch {
            throw .rows(error)
        }
    }
}

/// Why a row that is good JSON is not an item.
struct RowProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// - Throws: `RowProblem` unless `gold` is the index of one of `count` options.
    static func check(gold: Int, count: Int) throws(RowProblem) {
        guard count >= 2 else { throw RowProblem("\(count) options; at least 2 are needed") }
        guard (0..<count).contains(gold) else {
            throw RowProblem("the answer has index \(gold), but there are \(count) options")
        }
    }
}

/// A whole number that some files write as a string.
struct LenientInteger: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            value = number
        } else if let number = Int(try container.decode(String.self)) {
            value = number
        } else {
            throw RowProblem("the answer is not a number")
        }
    }
}
