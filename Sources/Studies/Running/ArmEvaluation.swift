internal import Adapters
internal import Bases
internal import Evaluation
internal import Models
internal import RunEvents
internal import Tensors
internal import Training

/// Measures arms and the base, and reports the numbers as observations.
struct ArmEvaluation {
    private let plan: EvaluationPlan
    private let baseModel: Transformer
    private let arena: Arena
    private let stop: StopToken
    private let kept: (any BaseScoreStore)?
    /// The base model's own measurements: step 0 of every arm.
    private var base: [Measurement] = []
    private var baseSeconds = 0.0

    init(_ prepared: PreparedStudy, arena: Arena, stop: StopToken) {
        plan = prepared.evaluation
        baseModel = prepared.base.model
        kept = prepared.baseScores
        self.arena = arena
        self.stop = stop
    }

    /// Tells which items the numbers will be made of.
    func tellItems(_ journal: RunJournal) throws {
        for set in itemSets { try journal.emit(.items(set)) }
    }

    private var itemSets: [ItemSet] { Measures.all(of: plan).flatMap { $0.items(of: plan) } }

    /// Measures the base model, as far as its scores were not kept from an earlier run; those that are
    /// new are kept.
    mutating func measureBase(_ journal: RunJournal) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let sets = itemSets
        let scores = kept?.scores(of: sets)
        base = try measure(baseModel, arm: nil, known: scores?.sums ?? [:], journal)
        baseSeconds = scores?.seconds ?? (clock.now - start) / .seconds(1)
        guard scores == nil else { return }
        BaseScores(sets, base, seconds: baseSeconds).data.map { kept?.write($0) }
    }

    /// Reports the base model's scores as the arm's step 0.
    func reportBase(for arm: ArmRun, _ journal: RunJournal) throws {
        try report(base, seconds: baseSeconds, for: arm, journal)
        arm.evaluatedStep = 0
    }

    /// Measures an arm, which is in memory, at its present step and reports the numbers.
    func evaluate(_ arm: ArmRun, _ trainer: Trainer, _ journal: RunJournal) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let measurements = try trainer.optimizer.withResult {
            try measure(trainer.tuned.model, arm: arm, journal)
        }
        let seconds = (clock.now - start) / .seconds(1)
        arm.evaluationSeconds += seconds
        try report(measurements, seconds: seconds, for: arm, journal)
        arm.evaluatedStep = arm.step
    }

    private func report(
        _ measurements: [Measurement], seconds: Double, for arm: ArmRun, _ journal: RunJournal
    ) throws {
        for item in measurements {
            try journal.emit(
                .observed(
                    arm.observation(item.key, item.value, error: item.error, count: item.count)))
            guard let sums = item.sums else { continue }
            try journal.emit(
                .scored(ItemScores(arm: arm.name, step: arm.step, key: item.key, sums: sums)))
        }
        let subject = CostMeasure.Subject(
            arm: arm, base: baseModel, evaluationSeconds: seconds)
        for measure in CostMeasure.all {
            guard let value = measure.value(subject) else { continue }
            try journal.emit(.observed(arm.observation(measure.definition.key(), value)))
        }
    }

    private func measure(
        _ model: Transformer, arm: ArmRun?, known: [MeasureKey: [Double]] = [:],
        _ journal: RunJournal
    ) throws -> [Measurement] {
        let scoring = ScoringContext(model: model, arena: arena)
        let point = EvaluationPoint(
            plan, scoring, baseModel: baseModel, base: base, known: known
        ) { task, done, total in
            if stop.request == .abandon { throw RunAbandoned() }
            try journal.report(
                Progress(
                    arm: arm?.name, phase: .evaluating(task: task, done: done, total: total),
                    step: arm?.step ?? 0, tokensPerSecond: 0))
        }
        return try point.measurements(Measures.all(of: plan))
    }
}

/// The user ended the run without wanting anything more written.
struct RunAbandoned: Error {}
