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
    private let pace = EvaluationPace()

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
    ///
    /// - Returns: False if it was broken off for the sake of a command, and has to be repeated.
    mutating func measureBase(_ journal: RunJournal) throws -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        let sets = itemSets
        let scores = kept?.scores(of: sets)
        guard let measured = try measure(baseModel, arm: nil, known: scores?.sums ?? [:], journal)
        else { return false }
        base = measured
        baseSeconds = scores?.seconds ?? (clock.now - start) / .seconds(1)
        guard scores == nil else { return true }
        BaseScores(sets, base, seconds: baseSeconds).data.map { kept?.write($0) }
        return true
    }

    /// Reports the base model's scores as the arm's step 0.
    func reportBase(for arm: ArmRun, _ journal: RunJournal) throws {
        try report(base, seconds: baseSeconds, for: arm, journal)
        arm.evaluatedStep = 0
    }

    /// Measures an arm, which is in memory, at its present step and reports the numbers.
    ///
    /// - Returns: False if it was broken off for the sake of a command; then nothing is reported.
    func evaluate(_ arm: ArmRun, _ trainer: Trainer, _ journal: RunJournal) throws -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        let measurements = try trainer.optimizer.withResult {
            try measure(trainer.tuned.model, arm: arm, journal)
        }
        guard let measurements else { return false }
        let seconds = (clock.now - start) / .seconds(1)
        arm.evaluationSeconds += seconds
        try report(measurements, seconds: seconds, for: arm, journal)
        arm.evaluatedStep = arm.step
        return true
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

    /// The model's numbers; nil if measuring was broken off for the sake of a command.
    private func measure(
        _ model: Transformer, arm: ArmRun?, known: [MeasureKey: [Double]] = [:],
        _ journal: RunJournal
    ) throws -> [Measurement]? {
        let point = EvaluationPoint(
            plan, ScoringContext(model: model, arena: arena), baseModel: baseModel, base: base,
            known: known
        ) { try goOn(with: $0, done: $1, of: $2, arm: arm, journal) }
        pace.begin()
        do {
            let measurements = try point.measurements(Measures.all(of: plan))
            pace.end()
            return measurements
        } catch is BrokenOff {
            return nil
        }
    }

    /// Reports how far an evaluation is.
    ///
    /// - Throws: `RunAbandoned`; `BrokenOff` for what the user wants first.
    private func goOn(
        with task: String, done: Int, of total: Int, arm: ArmRun?, _ journal: RunJournal
    ) throws {
        if stop.request == .abandon { throw RunAbandoned() }
        let secondsLeft = pace.secondsLeft(task, done: done, of: total)
        try journal.report(
            Progress(
                arm: arm?.name, phase: .evaluating(task: task, done: done, total: total),
                step: arm?.step ?? 0, tokensPerSecond: 0, secondsLeft: secondsLeft))
        if stop.request != .none || journal.breaksOffEvaluation { throw BrokenOff() }
    }
}

/// An evaluation is given up, to be repeated later.
private struct BrokenOff: Error {}

/// The user ended the run without wanting anything more written.
struct RunAbandoned: Error {}
