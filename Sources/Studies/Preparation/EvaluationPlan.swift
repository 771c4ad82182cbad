package import Datasets
package import Evaluation

/// The data that are measured at an evaluation point, encoded for the base.
package struct EvaluationPlan {
    /// The target domain's name, the task of its loss.
    package let domain: String
    /// Gold answers of the target domain, or its documents.
    package let target: Sample<ScoredText>
    /// Target tasks whose answers the model writes.
    package let generation: [GenerationTask]
    /// Source tasks.
    package let choice: [MultipleChoiceTask]
    /// Documents of the held-out source text; nil if the study has none.
    package let text: Sample<ScoredText>?
}
