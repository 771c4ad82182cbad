import Platform

/// A thread that tests one program after another, each in a pair of interpreters of its own, and has
/// the next pair started while it waits.
struct ProgramServer: Sendable {
    /// How long a pair waits before it makes room.
    private static let patience = 10.0
    /// How often a pair is started for one program.
    private static let attempts = 3

    let queue: ProgramQueue
    let launcher: InterpreterLauncher
    let limits: SandboxLimits

    /// Serves until the queue is closed.
    func run() {
        var ready = try? InterpreterPair(launcher, limits)
        while true {
            switch queue.next(within: ready == nil ? nil : Self.patience) {
            case .end:
                ready?.end()
                return queue.leave()
            case .rest:
                ready?.end()
                ready = nil
            case .judge(let pending):
                queue.finish(pending, judge(pending, ready))
                ready = try? InterpreterPair(launcher, limits)
            }
        }
    }

    private func judge(_ pending: PendingVerdict, _ ready: InterpreterPair?) -> JudgedProgram {
        var pair = ready
        var reason = "the interpreters do not start"
        for _ in 0..<Self.attempts {
            if pending.isGivenUp {
                pair?.end()
                return .givenUp
            }
            do {
                var started = try pair ?? InterpreterPair(launcher, limits)
                if let result = started.judge(pending.program, isGivenUp: { pending.isGivenUp }) {
                    return result
                }
                if !started.words.isEmpty { reason = started.words }
            } catch {
                reason = "\(error)"
            }
            pair = nil
        }
        return JudgedProgram(.refused, reason)
    }
}
