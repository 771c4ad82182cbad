/// What repeated Ctrl-C means: ask, stop, abort.
struct InterruptLadder: Sendable, Equatable {
    enum Step: Sendable { case ask, stop, abort }

    /// Seconds within which a second press means to stop.
    static let patience = 2.0

    private var lastPress: Double?
    private(set) var isStopping = false

    mutating func press(now: Double) -> Step {
        if isStopping { return .abort }
        if let lastPress, now - lastPress <= Self.patience { return .stop }
        lastPress = now
        return .ask
    }

    /// Notes that the run was asked to stop.
    mutating func stop() { isStopping = true }
}
