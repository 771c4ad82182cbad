/// The versions of a run's table; each has the columns of those before it, and then its own.
///
/// Every table of a run is made from its events, so each version can be written of any run, whichever
/// version of lethe made it.
package enum TableSchema: Int, Sendable, CaseIterable {
    /// `arm` is what tells one arm with one seed from all others (`full-s1`), and a score's standard
    /// error and number of items stand in `note` (`n=200 stderr=0.0123`).
    case first = 1
    /// `arm` is the arm of the study file (`full`), whose trajectories differ in `seed` and
    /// `learning_rate`; `error` and `count` are numbers. The table of a run that is over ends with rows
    /// of kind `verdict`.
    case second = 2

    /// What lethe writes unless asked for another.
    package static let current = TableSchema.second

    /// Whether rows of kind `verdict` belong to it.
    var hasVerdict: Bool { self != .first }

    private static let columns =
        "schema,run,arm,method,rank,seed,step,tokens,seconds,kind,task,metric,value,note"

    /// The line of column names, without the line break.
    package var header: String {
        switch self {
        case .first: Self.columns
        case .second: Self.columns + ",learning_rate,error,count"
        }
    }
}
