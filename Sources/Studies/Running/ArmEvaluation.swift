internal import Adapters
internal import Bases
internal import Evaluation
internal import Models
internal import RunEvents
internal import Tensors
internal import Training

/// Measures arms and the base, and reports the numbers as observations.
struct ArmEvaluation {
    /// What is measured at every point, and then what is at ends.
    private var series: EvaluationSeries
    private var finalSeries: EvaluationSeries?
    private let baseModel: Transformer
    private let arena: Arena
    private let stop: StopToken
    private let kept: (any BaseScoreStore)?
    private var baseSeconds = 0.0

    init(_ prepared: PreparedStudy, arena: Arena, stop: StopToken) {
        series = EvaluationSeries(plan: prepared.evaluation, isFinal: false)
        finalSeries = prepared.finalEvaluation.map {
            EvaluationSeries(plan: $0, isFinal: true)
        }
        baseModel = prepared.base.model
        kept = prepared.baseScores
        self.arena = arena
        self.stop = stop
    }

    /// Tells which items the numbers will be made of.
    func tellItems(_ journal: RunJournal) throws {
        for set in itemSets { try journal.emit(.items(set)) }
    }

    private var itemSets: [ItemSet] { series.itemSets + (finalSeries?.itemSets ?? []) }

    /// Measures the base model, as far as its scores were not kept from an earlier run; those that are
    /// new are kept.
    ///
    /// - Returns: False if it was broken off for the sake of a command, and has to be repeated.
    mutating func measureBase(_ journal: RunJournal) throws -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        let sets = itemSets
        let scores = kept?.scores(of: sets)
        let known = scores?.sums ?? [:]
        guard let measured = try measure(baseModel, series, arm: nil, known: known, journal)
        else { return false }
        if let final = finalSeries {
            guard let measured = try measure(baseModel, final, arm: nil, known: known, journal)
            else { return false }
            finalSeries?.base = measured
        }
        series.base = measured
        baseSeconds = scores?.seconds ?? (clock.now - start) / .seconds(1)
        guard scores == nil else { return true }
        BaseScores(sets, baseMeasurements, seconds: baseSeconds).data.map { kept?.write($0) }
        return true
    }

    /// The base model's own numbers: step 0 of every arm.
    private var baseMeasurements: [Measurement] {
        series.named(series.base) + (finalSeries.map { $0.named($0.base) } ?? [])
    }

    /// Reports the base model's scores as the arm's step 0.
    func reportBase(for arm: ArmRun, _ journal: RunJournal) throws {
        try report(baseMeasurements, for: arm, journal)
        try reportCosts(of: arm, seconds: baseSeconds, journal)
        arm.evaluatedStep = 0
    }

    /// Measures an arm, which is in memory, at its present step and reports the numbers.
    ///
    /// - Returns: False if it was broken off for the sake of a command; then nothing is reported.
    func evaluate(_ arm: ArmRun, _ trainer: Trainer, _ journal: RunJournal) throws -> Bool {
        guard let (measurements, seconds) = try timed(arm, trainer, series, journal) else {
            return false
        }
        try report(measurements, for: arm, journal)
        try reportCosts(of: arm, seconds: seconds, journal)
        arm.evaluatedStep = arm.step
        return true
    }

    /// Measures an arm at its end, on the items of ends where the study has some.
    ///
    /// - Returns: False if it was broken off for the sake of a command; then nothing is reported.
    func evaluateAtEnd(_ arm: ArmRun, _ trainer: Trainer, _ journal: RunJournal) throws -> Bool {
        guard let finalSeries else { return true }
        guard let (measurements, _) = try timed(arm, trainer, finalSeries, journal) else {
            return false
        }
        try report(measurements, for: arm, journal)
        return true
    }

    /// Whether ends are measured on more items.
    var hasFinalItems: Bool { finalSeries != nil }

    private func timed(
        _ arm: ArmRun, _ trainer: Trainer, _ series: EvaluationSeries, _ journal: RunJournal
    ) throws -> ([Measurement], seconds: Double)? {
        let clock = ContinuousClock()
        let start = clock.now
        let measurements = try trainer.optimizer.withResult {
            try measure(trainer.tuned.model, series, arm: arm, journal)
        }
        guard let measurements else { return nil }
        let seconds = (clock.now - start) / .seconds(1)
        arm.evaluationSeconds += seconds
        return (series.named(measurements), seconds)
    }

    private func report(
        _ measurements: [Measurement], for arm: ArmRun, _ journal: RunJournal
    ) throws {
        for item in measurements {
            try journal.emit(
                .observed(
                    arm.observation(item.key, item.value, error: item.error, count: item.count)))
            guard let sums = item.sums else { continue }
            try journal.emit(
                .scored(ItemScores(arm: arm.name, step: arm.step, key: item.key, sums: sums)))
        }
    }

    private func reportCosts(
        of arm: ArmRun, seconds: Double, _ journal: RunJournal
    ) throws {
        let subject = CostMeasure.Subject(
            arm: arm, base: baseModel, evaluationSeconds: seconds)
        for measure in CostMeasure.all {
            guard let value = measure.value(subject) else { continue }
            try journal.emit(.observed(arm.observation(measure.definition.key(), value)))
        }
    }

    /// The model's numbers; nil if measuring was broken off for the sake of a command.
    private func measure(
        _ model: Transformer, _ series: EvaluationSeries, arm: ArmRun?,
        known: [MeasureKey: [Double]] = [:],
        _ journal: RunJournal
    ) throws -> [Measurement]? {
        let point = EvaluationPoint(
            series.plan, ScoringContext(model: model, arena: arena), baseModel: baseModel,
            base: series.base, known: series.plain(known)
        ) { try goOn(with: $0, done: $1, of: $2, series, arm: arm, journal) }
        series.pace.begin()
        do {
            let measurements = try point.measurements(Measures.all(of: series.plan))
            series.pace.end()
            return measurements
        } catch is BrokenOff {
            return nil
        }
    }

    /// Reports how far an evaluation is.
    ///
    /// - Throws: `RunAbandoned`; `BrokenOff` for what the user wants first.
    private func goOn(
        with task: String, done: Int, of total: Int, _ series: EvaluationSeries, arm: ArmRun?,
        _ journal: RunJournal
    ) throws {
        if stop.request == .abandon { throw RunAbandoned() }
        let secondsLeft = series.pace.secondsLeft(task, done: done, of: total)
        let task = series.named(task)
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
