/// What repeated Ctrl-C means: ask, stop, abort.
struct InterruptLadder: Sendable, Equatable {
    enum Step: Sendable { case ask, stop, abort }

    /// Seconds within which a second press means to stop.
    static let patience = 2.0
    /// Seconds within which a key that is held down comes again; such presses mean nothing.
    static let heldDown = 0.12

    private var lastStep: Double?
    private var lastPress = -Double.infinity
    private(set) var isStopping = false

    /// What this press means; nil if the key is only held down.
    mutating func press(now: Double) -> Step? {
        defer { lastPress = now }
        guard now - lastPress >= Self.heldDown else { return nil }
        if isStopping { return .abort }
        if let lastStep, now - lastStep <= Self.patience { return .stop }
        lastStep = now
        return .ask
    }

    /// Notes that the run was asked to stop.
    mutating func stop() { isStopping = true }
}
