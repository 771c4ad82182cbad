import RunEvents

/// Everything known of one arm.
struct ArmRecord: Sendable, Equatable {
    let name: String
    /// The arm of the study that this is a seed of; its own name if there is no other seed.
    let studyArm: String
    /// The run it belongs to, counted from 0.
    let run: Int
    /// The study arm's place among those on the screen; decides the colour.
    let index: Int
    /// The study arm's letter, for places where a name does not fit and colour is not enough.
    let letter: Unicode.Scalar
    var identity: ArmIdentity? {
        didSet { peakLearningRate = peakLearningRate ?? identity?.learningRate }
    }
    var state: ArmState = .waiting
    var step = 0
    var tokens = 0
    /// Seconds of training and evaluation by its own clock.
    var seconds = 0.0
    /// Where it stood when the run started or was last resumed.
    var start = Start()
    var tokensPerSecond = 0.0
    /// The peak learning rate, as planned or as last changed by a command.
    private(set) var peakLearningRate: Double?
    /// The step at which a command last changed the peak.
    private(set) var peakChange: Int?
    /// The peak that the newest step's rate followed from.
    private var peakOfNewestStep: Double?
    var command: CommandLife?
    var checkpoints: [Checkpoint] = []
    private(set) var series: [SeriesKey: Series] = [:]

    struct Checkpoint: Sendable, Equatable {
        var step: Int
        var path: String
        var bytes: Int
    }

    struct Start: Sendable, Equatable {
        var step = 0
        /// Of training alone.
        var seconds = 0.0
    }

    init(
        name: String, studyArm: String? = nil, run: Int = 0, index: Int, letter: Unicode.Scalar
    ) {
        self.name = name
        self.studyArm = studyArm ?? name
        self.run = run
        self.index = index
        self.letter = letter
    }

    var plannedSteps: Int { max(0, identity?.plannedSteps ?? 0) }

    /// Steps done as a share of those planned.
    var share: Double {
        if state == .finished { return 1 }
        return plannedSteps > 0 ? min(1, Double(step) / Double(plannedSteps)) : 0
    }

    /// Method and rank: `lora r16`.
    var method: String {
        guard let identity else { return "" }
        return identity.rank.map { "\(identity.method) r\($0)" } ?? identity.method
    }

    /// Parameters that receive gradients as a share of all.
    var trainableShare: Double? {
        guard let identity, identity.totalParameters > 0 else { return nil }
        return Double(identity.trainableParameters) / Double(identity.totalParameters)
    }

    /// The learning rate of the newest step, or what it would be by the present peak.
    var learningRate: Double? {
        guard let rate = series[Self.rateKey]?.latest?.value else { return peakLearningRate }
        guard let peak = peakLearningRate, let old = peakOfNewestStep, old > 0 else { return rate }
        return rate * (peak / old)
    }

    private static let rateKey = SeriesKey(kind: .train, task: "", metric: "learning_rate")

    /// Takes up a peak that a command has set after `step`.
    mutating func changePeak(to rate: Double, after step: Int) {
        peakLearningRate = rate
        peakChange = step
    }

    /// Tokens per second of training, as last reported.
    var speed: Double? {
        if tokensPerSecond > 0 { return tokensPerSecond }
        return series[SeriesKey(kind: .cost, task: "", metric: "tokens_per_second")]?.latest?.value
    }

    mutating func record(_ observation: Observation) {
        let key = SeriesKey(
            kind: observation.kind, task: observation.task, metric: observation.metric)
        series[key, default: Series()].insert(
            SeriesPoint(
                step: observation.step, tokens: observation.tokens, seconds: observation.seconds,
                value: observation.value))
        if key == Self.rateKey { peakOfNewestStep = peakLearningRate }
        step = max(step, observation.step)
        tokens = max(tokens, observation.tokens)
        if observation.seconds.isFinite { seconds = max(seconds, observation.seconds) }
    }

    /// The series that a choice of metric stands for, if this arm has it.
    func series(of choice: MetricChoice) -> Series? {
        if let task = choice.task {
            return series[SeriesKey(kind: choice.kind, task: task, metric: choice.metric)]
        }
        let fits = series.filter { $0.key.kind == choice.kind && $0.key.metric == choice.metric }
        return fits.min { $0.key.task < $1.key.task }?.value
    }
}
