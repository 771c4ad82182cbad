import Dashboard
import Platform
import RunEvents
import Synchronization

/// Makes verdicts for the screen on a thread of its own, for a large grid takes longer than a frame.
final class VerdictMaker: Sendable {
    private let made = Mutex<VerdictReading?>(nil)

    /// Begins a verdict that answers a question about what the runs have said so far.
    func begin(_ runs: [RunState], _ question: VerdictQuestion) {
        do {
            try CheckedThread.start("verdict", stackSize: 8 << 20) { [self] in
                let reading = VerdictReading(runs, question)
                made.withLock { $0 = reading }
            }
        } catch {
            made.withLock { $0 = .impossible("\(error)") }
        }
    }

    /// The verdict that has become ready since the last call.
    func take() -> VerdictReading? {
        made.withLock { reading in
            defer { reading = nil }
            return reading
        }
    }
}
