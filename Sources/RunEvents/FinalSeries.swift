/// The numbers of the items that are measured at the end of arms alone, beside those that are measured
/// at every point: they have names of their own, and so curves.
package enum FinalSeries {
    /// What stands behind the names of tasks.
    package static let mark = "(final)"

    /// `hellaswag (final)`, and `(final)` where there is no task.
    package static func named(_ task: String) -> String { task.isEmpty ? mark : "\(task) \(mark)" }
}
