package import Datasets
package import Evaluation
internal import RunEvents

/// The data that are measured at an evaluation point, encoded for the base.
package struct EvaluationPlan {
    /// The target domain's name, the task of its loss.
    package let domain: String
    /// Gold answers of the target domain, or its documents.
    package let target: Sample<ScoredText>
    /// What is learned.
    package let targetTasks: [any PreparedTask]
    /// What may be forgotten.
    package let sourceTasks: [any PreparedTask]
    /// Documents of the held-out source text; nil if the study has none.
    package let text: Sample<ScoredText>?

    /// The tasks of an axis.
    func tasks(_ kind: ObservationKind) -> [any PreparedTask] {
        switch kind {
        case .target: targetTasks
        case .source: sourceTasks
        default: []
        }
    }
}
