internal import Datasets
internal import Evaluation
internal import Models
internal import RunEvents

/// A model at the moment when it is measured, with what has been made of it so far: measures that rest
/// on the same work share it.
final class EvaluationPoint {
    let plan: EvaluationPlan
    /// The model that is measured, and the memory to do it in.
    let scoring: ScoringContext
    /// The model before training.
    let baseModel: Transformer
    /// What was measured of the base, by key; empty while the base itself is measured.
    let base: [MeasureKey: Measurement]
    /// What items are known to add to numbers, which need not be computed.
    let known: [MeasureKey: [Double]]
    private let progress: (_ task: String, _ done: Int, _ total: Int) throws -> Void

    private var nats: [String: [Double]] = [:]
    private var scores: [String: TaskScores] = [:]

    /// - Parameters:
    ///   - plan: What is measured.
    ///   - scoring: The model and the memory to score it in.
    ///   - baseModel: The model before training.
    ///   - base: What was measured of it.
    ///   - known: What items add to numbers, as far as that is known already.
    ///   - progress: Told the task and how many of its items are done; throws to give up.
    init(
        _ plan: EvaluationPlan, _ scoring: ScoringContext, baseModel: Transformer,
        base: [Measurement], known: [MeasureKey: [Double]] = [:],
        progress: @escaping (_ task: String, _ done: Int, _ total: Int) throws -> Void
    ) {
        self.plan = plan
        self.scoring = scoring
        self.baseModel = baseModel
        self.base = Dictionary(base.map { ($0.key, $0) }) { first, _ in first }
        self.known = known
        self.progress = progress
    }

    /// Every number, in a fixed order.
    func measurements(_ measures: [any Measure]) throws -> [Measurement] {
        try measures.flatMap { try $0.measurements(at: self) }
    }

    /// Σ −log p of each text, in nats; computed once for a kind of number and a task.
    func nats(
        of texts: Sample<ScoredText>, _ kind: ObservationKind, task: String
    ) throws -> [Double] {
        try kept(\.nats, "\(kind.rawValue)/\(task)") {
            try TextScoring.nats(of: texts.items, context(for: task))
        }
    }

    /// What the items of a task of an axis add to its numbers.
    func scores(of task: any PreparedTask, _ kind: ObservationKind) throws -> TaskScores {
        try kept(\.scores, "\(kind.rawValue)/\(task.name)") {
            try task.scores(context(for: task.name))
        }
    }

    private func kept<Made>(
        _ store: ReferenceWritableKeyPath<EvaluationPoint, [String: Made]>, _ name: String,
        _ make: () throws -> Made
    ) throws -> Made {
        if let made = self[keyPath: store][name] { return made }
        let made = try make()
        self[keyPath: store][name] = made
        return made
    }

    private func context(for task: String) -> ScoringContext {
        scoring.reporting { [progress] in try progress(task, $0, $1) }
    }
}
