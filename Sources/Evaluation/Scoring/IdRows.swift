package import Foundation
package import Datasets

/// Rows of token ids as a file gives them: a JSON array a line.
package enum IdRows {
    /// Reads a file; blank lines are no rows.
    ///
    /// - Parameters:
    ///   - file: May be compressed with gzip.
    ///   - vocabulary: How many ids the model has.
    ///   - context: How many ids the model reads at most.
    /// - Returns: The rows in order, of which some may have too few ids to predict any.
    /// - Throws: `DatasetError` with every row that the model cannot read.
    package static func read(
        _ file: URL, vocabulary: Int, context: Int
    ) throws(DatasetError) -> [[Int32]] {
        var rows: [[Int32]] = []
        var problems: [DatasetError.RowProblem] = []
        let lines = try FileContents.read(file).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.allSatisfy(isBlank) {
            let ids = try? JSONDecoder().decode([Int32].self, from: line)
            if let problem = problem(of: ids, vocabulary: vocabulary, context: context) {
                problems.append(.init(row: number + 1, reason: problem))
            }
            rows.append(ids ?? [])
        }
        guard problems.isEmpty else { throw .malformed(path: file.path, problems: problems) }
        guard !rows.isEmpty else { throw .empty(path: file.path) }
        return rows
    }

    private static func problem(of ids: [Int32]?, vocabulary: Int, context: Int) -> String? {
        guard let ids else {
            return "is no array of whole numbers; give one JSON array of token ids a line"
        }
        if let id = ids.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
            return "has id \(id), and the model's are 0 to \(vocabulary - 1)"
        }
        return ids.count > context
            ? "has \(ids.count) ids, and the model reads at most \(context)" : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte)
    }
}
