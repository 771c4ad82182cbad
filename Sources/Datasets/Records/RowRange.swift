package import Foundation
package import Tokenizers

/// The rows of a file that have a number in a range, such as the split of MBPP that its ids are.
package struct RowRange: Sendable, Hashable, CustomStringConvertible {
    /// The field with the number.
    package var field: String
    package var range: ClosedRange<Int>

    package init(field: String, range: ClosedRange<Int>) {
        self.field = field
        self.range = range
    }

    package var description: String { "`\(field)` from \(range.lowerBound) to \(range.upperBound)" }

    /// Those of a file's rows that are in the range, in their order.
    ///
    /// - Throws: `DatasetError.malformed` with every row that has no whole number there;
    ///   `.noRowInRange`.
    package func chosen(
        of rows: [(row: Int, fields: JSONValue)], _ file: URL
    ) throws(DatasetError) -> [(row: Int, fields: JSONValue)] {
        var problems: [DatasetError.RowProblem] = []
        let chosen = rows.filter { row in
            let number = row.fields.object?.first { $0.key == field }?.value.integer
            if number == nil {
                problems.append(.init(row: row.row, reason: "has no whole number `\(field)`"))
            }
            return number.map(range.contains) ?? false
        }
        guard problems.isEmpty else { throw .malformed(path: file.path, problems: problems) }
        guard !chosen.isEmpty else { throw .noRowInRange(path: file.path, self) }
        return chosen
    }
}
