internal import Datasets
internal import Foundation

/// Gathers what is wrong with the rows of a file.
struct TaskRowProblems {
    private static let reported = 20

    private let file: URL
    private var first: [DatasetError.RowProblem] = []
    private(set) var count = 0

    init(_ file: URL) { self.file = file }

    mutating func add(_ row: Int, _ reason: String) {
        count += 1
        if first.count < Self.reported { first.append(.init(row: row, reason: reason)) }
    }

    /// - Throws: `TaskError.rows` with the first problems, if there are any.
    func check() throws(TaskError) {
        guard count == 0 else {
            throw .rows(.malformed(path: file.path, problems: first, count: count))
        }
    }
}
