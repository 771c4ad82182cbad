internal import RunEvents
internal import Verdicts

/// Stamps events and hands them to every sink, in order.
///
/// Whatever is told next, commands that were asked meanwhile are told before it, with the time at
/// which they were asked: also those that came in the middle of a step or of an evaluation.
final class RunJournal {
    private let sinks: [any RunEventSink]
    private let intake: CommandIntake
    private let patience: Duration
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let secondsBefore: Double
    private var secondsPaused = 0.0
    private var lastSeconds: Double
    private var lastProgress = -1.0
    /// Nobody has commands for arms that were not told of.
    private var hasStarted: Bool
    /// Where the arms are, by what has been told.
    private(set) var position: RunPosition
    /// What the arms have forgotten, by what has been told.
    private(set) var forgetting: ForgettingWatch
    /// Which checkpoints the study's budget asks for; nil without one.
    private(set) var budget: BudgetSteps?

    /// Progress events closer together than this are dropped.
    private static let progressInterval = 0.1

    /// - Parameters:
    ///   - sinks: Told of every event, in order.
    ///   - intake: The commands that are asked.
    ///   - patience: How long a command waits for the end of an evaluation.
    ///   - budget: Nats that a trajectory may forget; nil for any number.
    ///   - continuation: Where an interrupted run goes on.
    init(
        sinks: [any RunEventSink], intake: CommandIntake, patience: Duration,
        budget: Double? = nil,
        continuing continuation: Continuation?
    ) {
        self.sinks = sinks
        self.budget = budget.map {
            BudgetSteps(budget: $0, after: continuation?.evaluated ?? RunState())
        }
        self.intake = intake
        self.patience = patience
        secondsBefore = continuation?.seconds ?? 0
        lastSeconds = secondsBefore
        hasStarted = continuation?.hasStarted ?? false
        position = continuation?.position ?? RunPosition()
        forgetting = ForgettingWatch(continuation?.arms.compactMapValues(\.forgetting) ?? [:])
        start = clock.now
    }

    /// Seconds of the run so far, without pauses and interruptions.
    var seconds: Double { seconds(at: clock.now) }

    /// Never less than was told before: a pause counts as if it had been at its end.
    private func seconds(at instant: ContinuousClock.Instant) -> Double {
        max(lastSeconds, secondsBefore + (instant - start) / .seconds(1) - secondsPaused)
    }

    func emit(_ event: RunEvent) throws {
        try tellAsked()
        try tell(event, at: clock.now)
    }

    /// Tells the commands that were asked since the last event.
    func tellAsked() throws {
        while hasStarted, let (request, instant) = intake.nextAsked(at: position.moment) {
            let step = position.step(of: request.arm)
            try tell(.command(request, state: .asked, step: step), at: instant ?? clock.now)
        }
    }

    private func tell(_ event: RunEvent, at instant: ContinuousClock.Instant) throws {
        let stamped = StampedEvent(seconds: seconds(at: instant), event: event)
        lastSeconds = stamped.seconds
        position.take(event)
        forgetting.take(event)
        budget?.take(event)
        if case .started = event { hasStarted = true }
        for sink in sinks { try sink.receive(stamped) }
    }

    /// Tells how the run ended.
    func emitEnd(_ outcome: RunOutcome) throws { try tell(.finished(outcome), at: clock.now) }

    /// Tells how a failed run ended, to every sink that can still take it.
    func emitFailure(_ error: any Error) {
        let event = RunEvent.finished(.failed(description: "\(error)"))
        let stamped = StampedEvent(seconds: seconds, event: event)
        for sink in sinks { try? sink.receive(stamped) }
    }

    func report(_ progress: Progress) throws {
        try tellAsked()
        let now = seconds
        guard now - lastProgress >= Self.progressInterval else { return }
        lastProgress = now
        try tell(.progress(progress), at: clock.now)
    }

    /// Whether an evaluation that goes on is broken off for the sake of a command.
    var breaksOffEvaluation: Bool {
        hasStarted && intake.breaksOff(at: position.moment, patience: patience)
    }

    /// Runs `body` with the run's clock stopped.
    func paused(_ body: () -> Void) {
        let before = clock.now
        body()
        secondsPaused += (clock.now - before) / .seconds(1)
    }
}
