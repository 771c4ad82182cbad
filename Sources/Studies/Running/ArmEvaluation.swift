internal import Adapters
internal import Bases
internal import Evaluation
internal import Kernels
internal import RunEvents
internal import Tensors
internal import Training

/// Measures arms and the base, and reports the numbers as observations.
struct ArmEvaluation {
    private let plan: EvaluationPlan
    private let arena: Arena
    private let stop: StopToken
    /// The base model's own measurements: step 0 of every arm.
    private(set) var base: [Measurement] = []
    private var baseTextLoss: Double?
    private var baseSeconds = 0.0

    init(plan: EvaluationPlan, arena: Arena, stop: StopToken) {
        self.plan = plan
        self.arena = arena
        self.stop = stop
    }

    /// Measures the base model.
    mutating func measureBase(_ model: BaseModel, _ journal: RunJournal) throws {
        let clock = ContinuousClock()
        let start = clock.now
        base = try measure(ScoringContext(model: model.model, arena: arena), arm: nil, journal)
        baseTextLoss = base.first { $0.task == "text" && $0.metric == "loss" }?.value
        baseSeconds = (clock.now - start) / .seconds(1)
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
        let context = ScoringContext(model: trainer.tuned.model, arena: arena)
        let measurements = try trainer.optimizer.withResult {
            try measure(context, arm: arm, journal)
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
                    arm.observation(
                        item.kind, item.metric, item.value, task: item.task, error: item.error,
                        count: item.count)))
        }
        let costs: [(String, Double)] = [
            ("evaluation_seconds", seconds),
            ("peak_bytes", Double(Memory.peakResidentBytes)),
            ("trainable_parameters", Double(arm.trainableCount)),
            ("training_flops", arm.flops),
        ]
        for (metric, value) in costs {
            try journal.emit(.observed(arm.observation(.cost, metric, value)))
        }
    }

    private func measure(
        _ context: ScoringContext, arm: ArmRun?, _ journal: RunJournal
    ) throws -> [Measurement] {
        try plan.measure(context, baseTextLoss: baseTextLoss) { task, done, total in
            if stop.request == .abandon { throw RunAbandoned() }
            try journal.report(
                Progress(
                    arm: arm?.name, phase: .evaluating(task: task, done: done, total: total),
                    step: arm?.step ?? 0, tokensPerSecond: 0))
        }
    }
}

/// The user ended the run without wanting anything more written.
struct RunAbandoned: Error {}
