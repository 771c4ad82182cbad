/// Everything that a run has said of one of its trajectories.
package struct TrajectoryState: Codable, Sendable, Equatable {
    /// A checkpoint that is complete on disk.
    package struct Checkpoint: Codable, Sendable, Equatable {
        package var step: Int
        /// Relative to the run folder.
        package var path: String
        package var bytes: Int
        /// The peak of the learning rate that a command had set by then; nil for the study's.
        package var changedPeak: Double?
    }

    /// Where a trajectory stood when the run started or was last resumed.
    package struct Start: Codable, Sendable, Equatable {
        package var step = 0
        /// Of training alone.
        package var seconds = 0.0
    }

    /// Unique within the run.
    package let name: String
    /// nil for a name that the run speaks of without having told of it.
    package internal(set) var identity: ArmIdentity?
    package internal(set) var state = ArmState.waiting
    /// The state that the run has told last; `state` follows turns that are taken silently too.
    package private(set) var toldState = ArmState.waiting
    /// True from a pause until the trajectory goes on; a paused one can be evaluated meanwhile.
    package private(set) var isPaused = false
    package internal(set) var step = 0
    package private(set) var tokens = 0
    /// Seconds of training and evaluation by its own clock.
    package private(set) var seconds = 0.0
    package private(set) var start = Start()
    /// As the trainer last said; 0 before it did.
    package private(set) var tokensPerSecond = 0.0
    /// The peak of the learning rate that a command has set, and after which step.
    package private(set) var changedPeak: Double?
    package private(set) var peakChange: Int?
    /// The peak that the newest step's rate followed from.
    package private(set) var peakOfNewestStep: Double?
    package internal(set) var command: CommandLife?
    package private(set) var checkpoints: [Checkpoint] = []
    /// The step that it goes back to if the run is killed now: where it stood when every trajectory
    /// last stood at a checkpoint.
    package internal(set) var safeStep = 0
    /// The step of the newest evaluation.
    package private(set) var evaluatedStep: Int?
    /// In the order in which their first numbers came.
    package private(set) var curves: [MeasuredCurve] = []
    /// What the items added to numbers, by step.
    package private(set) var scores: [MeasureKey: [Int: [Double]]] = [:]

    /// All but the scores of items, which have a file of their own.
    private enum CodingKeys: String, CodingKey {
        case name, identity, state, toldState, isPaused, step, tokens, seconds, start,
            tokensPerSecond, changedPeak, peakChange, peakOfNewestStep, command, checkpoints,
            safeStep, evaluatedStep, curves
    }

    init(name: String) { self.name = name }

    private static let rate = MetricDefinition.learningRate.key()
    private static let evaluation = MetricDefinition.evaluationSeconds.key()
}

// MARK: - Reading

extension TrajectoryState {
    /// The curve of a number.
    package func curve(of key: MeasureKey) -> Curve? { curves.first { $0.key == key }?.curve }

    /// The curve of a metric; without a task the first that was measured.
    package func curve(_ kind: ObservationKind, _ metric: String, task: String? = nil) -> Curve? {
        if let task { return curve(of: MeasureKey(kind: kind, task: task, metric: metric)) }
        return curves.first { $0.key.kind == kind && $0.key.metric == metric }?.curve
    }

    /// The curve of a measure; without a task the first that was measured.
    package func curve(_ measure: MetricDefinition, task: String? = nil) -> Curve? {
        curve(measure.kind, measure.name, task: task)
    }

    /// The peak of the learning rate, as planned or as last changed by a command.
    package var peakLearningRate: Double? { changedPeak ?? identity?.learningRate }

    /// The learning rate of the newest step, or what it would be by the present peak.
    package var learningRate: Double? {
        guard let rate = curve(of: Self.rate)?.latest?.value else { return peakLearningRate }
        guard let peak = peakLearningRate, let old = peakOfNewestStep, old > 0 else { return rate }
        return rate * (peak / old)
    }

    /// What the newest evaluation took; at first the base model's.
    package var evaluationSeconds: Double? { curve(of: Self.evaluation)?.latest?.value }

    /// Seconds of its clock without its evaluations; the base model's is not on its clock.
    package var trainingSeconds: Double {
        let evaluations = curve(of: Self.evaluation)?.points ?? []
        return max(
            0,
            evaluations.reduce(seconds) { left, point in
                point.step > 0 && point.value.isFinite ? left - point.value : left
            })
    }
}

// MARK: - Taking in

extension TrajectoryState {
    mutating func record(_ seen: Observation) {
        let key = seen.key
        add(CurvePoint(seen), to: key)
        if key == Self.rate { peakOfNewestStep = peakLearningRate }
        if seen.kind == .target || seen.kind == .source { evaluatedStep = seen.step }
        step = max(step, seen.step)
        tokens = max(tokens, seen.tokens)
        if seen.seconds.isFinite { seconds = max(seconds, seen.seconds) }
    }

    private mutating func add(_ point: CurvePoint, to key: MeasureKey) {
        if let place = curves.firstIndex(where: { $0.key == key }) {
            curves[place].curve.add(point)
        } else {
            var curve = Curve(isBounded: key.kind == .train)
            curve.add(point)
            curves.append(MeasuredCurve(key: key, curve: curve))
        }
    }

    mutating func record(_ scores: ItemScores) {
        self.scores[scores.key, default: [:]][scores.step] = scores.sums
    }

    mutating func enter(_ state: ArmState) {
        isPaused = isPaused(in: state)
        (self.state, toldState) = (state, state)
    }

    /// Whether it stays or becomes paused when it changes to a state.
    package func isPaused(in state: ArmState) -> Bool {
        state == .paused || (isPaused && state == .evaluating)
    }

    /// Another has the turn now.
    mutating func loseTurn() { if state.hasTurn { state = .waiting } }

    mutating func save(step: Int, path: String, bytes: Int) {
        checkpoints.append(
            Checkpoint(step: step, path: path, bytes: bytes, changedPeak: changedPeak))
    }

    /// The run goes on after an interruption, and nothing trains yet.
    mutating func goOn() {
        loseTurn()
        start = Start(step: step, seconds: trainingSeconds)
    }

    mutating func take(_ progress: Progress) {
        step = max(step, progress.step)
        if progress.tokensPerSecond > 0 { tokensPerSecond = progress.tokensPerSecond }
    }

    mutating func take(_ life: CommandLife) {
        command = life
        guard life.state == .applied, case .setLearningRate(let rate) = life.command else { return }
        (changedPeak, peakChange) = (rate, life.step)
    }

    /// What nobody has taken by the end of a run is not taken any more.
    mutating func closeCommand() {
        guard command?.state == .asked else { return }
        command?.state = .refused(reason: "the run has ended")
    }
}
