/// Rows of token ids, to be predicted from their second id on; see `IdRows`.
package struct IdTask: PreparedTask {
    package let name = "ids"
    private let rows: [[Int32]]

    package init(_ rows: [[Int32]]) { self.rows = rows }

    package var total: Int { rows.count }
    package var hashes: [UInt64] { rows.map { row in ItemHash.of(row.map(String.init)) } }
    package var work: TaskWork { TaskWork(rows: rows.reduce(0) { $0 + max(0, $1.count - 1) }) }
    /// In nats per predicted token.
    package var measures: [TaskMeasure] {
        [
            TaskMeasure(
                "loss", .loss, counts: rows.map { max(0, $0.count - 1) },
                "cross-entropy of every token after the first")
        ]
    }

    package func scores(_ context: ScoringContext) throws -> TaskScores {
        let likelihoods = try TextScoring.logLikelihoods(of: rows, context)
        return TaskScores(
            sums: [likelihoods.map { -$0.reduce(0, +) }],
            samples: likelihoods.map { .ids(.init(logLikelihoods: $0)) })
    }
}
