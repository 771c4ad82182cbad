internal import Evaluation
internal import RunEvents

/// A kind of number that is taken of the base at step 0, and of every arm at its evaluation points.
protocol Measure: Sendable {
    /// Its name, its unit, and what it means.
    var definition: MetricDefinition { get }

    /// The items that its numbers are made of, a set for each task; none where they are made of others.
    func items(of plan: EvaluationPlan) -> [ItemSet]

    /// Its numbers, one for each task; none where the plan has no data for them.
    ///
    /// - Throws: What the point's progress throws; `TensorError.outOfMemory`.
    func measurements(at point: EvaluationPoint) throws -> [Measurement]
}

/// A measure whose numbers are ratios of sums over items.
protocol ItemMeasure: Measure {
    /// What each item of a set adds, in the set's order.
    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double]
}

extension Measure {
    /// Which number of a task it is.
    func key(_ task: String) -> MeasureKey { definition.key(task: task) }

    func items(of plan: EvaluationPlan) -> [ItemSet] { [] }
}

extension ItemMeasure {
    func measurements(at point: EvaluationPoint) throws -> [Measurement] {
        try items(of: point.plan).map { try measurement(of: $0, at: point) }
    }

    /// The number of a set, of what is known of its items or else is measured.
    func measurement(of set: ItemSet, at point: EvaluationPoint) throws -> Measurement {
        Measurement(set, sums: try point.known[set.key] ?? sums(of: set, at: point))
    }
}

/// The measures of a plan.
enum Measures {
    /// In the order in which their numbers are taken and told.
    static func all(of plan: EvaluationPlan) -> [any Measure] {
        let ends: [any Measure] = [RetainedAccuracy(), SourceLoss(), Forgetting()]
        return [TargetLoss(), BitsPerByte()] + scores(.target, plan) + scores(.source, plan) + ends
    }

    /// The numbers of the tasks of an axis: those that lethe knows, and what else tasks have.
    private static func scores(_ kind: ObservationKind, _ plan: EvaluationPlan) -> [any Measure] {
        let known = kind == .target ? knownOfTargets : knownOfSources
        var definitions = known
        for measure in plan.tasks(kind).flatMap(\.measures) where measure.form == .ratio {
            if !definitions.contains(where: { $0.name == measure.name }) {
                definitions.append(MetricDefinition(measure, kind: kind))
            }
        }
        return definitions.map(TaskScore.init)
    }

    private static let knownOfTargets = [
        MetricDefinition.exactMatch, MetricDefinition.characterAccuracy,
    ]
    private static let knownOfSources = [
        MetricDefinition.accuracy, MetricDefinition.normalisedAccuracy,
    ]

    /// The definitions of all that a run measures, in the order in which a screen offers them.
    static func definitions(of plan: EvaluationPlan) -> [MetricDefinition] {
        let taken = all(of: plan).map(\.definition)
        let known = MetricDefinition.all.filter { taken.contains($0) }
        return StepMeasure.all.map(\.definition) + known + taken.filter { !known.contains($0) }
            + [.tokensPerSecond] + CostMeasure.all.map(\.definition)
    }
}
