import Foundation
import Platform

/// A program that was submitted, and the verdict that it gets.
package final class PendingVerdict: Sendable {
    private struct State {
        var result: JudgedProgram?
        var isGivenUp = false
    }

    package let program: SandboxedProgram
    private let state = Monitor(State())

    init(_ program: SandboxedProgram) { self.program = program }

    /// The verdict, if it is there.
    package var result: JudgedProgram? { state.change { $0.result } }

    /// Waits for the verdict.
    package func wait() -> JudgedProgram { wait(until: nil) ?? .givenUp }

    /// Ends the program if it has begun; its verdict is `refused` then.
    package func giveUp() { state.change { $0.isGivenUp = true } }

    var isGivenUp: Bool { state.change { $0.isGivenUp } }

    func wait(until deadline: Date?) -> JudgedProgram? {
        state.wait(until: deadline) { $0.result }
    }

    func finish(_ result: JudgedProgram) { state.change { $0.result = result } }
}
