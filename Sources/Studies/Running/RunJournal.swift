internal import RunEvents

/// Stamps events and hands them to every sink, in order.
final class RunJournal {
    private let sinks: [any RunEventSink]
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let secondsBefore: Double
    private var secondsPaused = 0.0
    private var lastProgress = -1.0

    /// Progress events closer together than this are dropped.
    private static let progressInterval = 0.1

    /// - Parameters:
    ///   - sinks: Told of every event, in order.
    ///   - secondsBefore: What the run's clock showed when it was interrupted.
    init(sinks: [any RunEventSink], secondsBefore: Double) {
        self.sinks = sinks
        self.secondsBefore = secondsBefore
        start = clock.now
    }

    /// Seconds of the run so far, without pauses and interruptions.
    var seconds: Double { secondsBefore + (clock.now - start) / .seconds(1) - secondsPaused }

    func emit(_ event: RunEvent) throws {
        let stamped = StampedEvent(seconds: seconds, event: event)
        for sink in sinks { try sink.receive(stamped) }
    }

    /// Tells how a failed run ended, to every sink that can still take it.
    func emitFailure(_ error: any Error) {
        let event = RunEvent.finished(.failed(description: "\(error)"))
        let stamped = StampedEvent(seconds: seconds, event: event)
        for sink in sinks { try? sink.receive(stamped) }
    }

    func report(_ progress: Progress) throws {
        let now = seconds
        guard now - lastProgress >= Self.progressInterval else { return }
        lastProgress = now
        try emit(.progress(progress))
    }

    /// Runs `body` with the run's clock stopped.
    func paused(_ body: () -> Void) {
        let before = clock.now
        body()
        secondsPaused += (clock.now - before) / .seconds(1)
    }
}
