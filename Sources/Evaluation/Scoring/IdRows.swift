package import Foundation
internal import Datasets

/// Rows of token ids as a file gives them: a JSON array a line.
package enum IdRows {
    /// What is wrong with a file of ids: its first problems, and how many there are.
    package struct Problems: Error, Sendable, CustomStringConvertible {
        let path: String
        let lines: [String]
        let count: Int

        package var description: String {
            let more = count > lines.count ? "; and \(count - lines.count) more" : ""
            return "\(path): \(lines.joined(separator: "; "))\(more); "
                + "give one JSON array of token ids a line"
        }
    }

    private static let reportedProblems = 20

    /// Reads a file; blank lines are no rows.
    ///
    /// - Parameters:
    ///   - file: May be compressed with gzip.
    ///   - vocabulary: How many ids the model has.
    ///   - context: How many ids the model reads at most.
    /// - Returns: The rows in order, of which some may have too few ids to predict any.
    /// - Throws: `DatasetError` for a file that cannot be read or has no row; `Problems` for rows that
    ///   the model cannot read.
    package static func read(_ file: URL, vocabulary: Int, context: Int) throws -> [[Int32]] {
        var rows: [[Int32]] = []
        var problems: [String] = []
        let lines = try FileContents.read(file).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.allSatisfy(isBlank) {
            let ids = try? JSONDecoder().decode([Int32].self, from: line)
            if let problem = problem(of: ids, vocabulary: vocabulary, context: context) {
                problems.append("line \(number + 1) \(problem)")
            }
            rows.append(ids ?? [])
        }
        guard problems.isEmpty else {
            throw Problems(
                path: file.path, lines: Array(problems.prefix(reportedProblems)),
                count: problems.count)
        }
        guard !rows.isEmpty else { throw DatasetError.empty(path: file.path) }
        return rows
    }

    private static func problem(of ids: [Int32]?, vocabulary: Int, context: Int) -> String? {
        guard let ids else { return "is no array of whole numbers" }
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
