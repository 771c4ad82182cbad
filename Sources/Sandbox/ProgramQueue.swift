import Foundation
import Platform

/// Programs that wait for interpreters, and the threads that serve them.
final class ProgramQueue: Sendable {
    private struct State {
        var waiting: [PendingVerdict] = []
        var running: [PendingVerdict] = []
        var servers = 0
        var idle = 0
        var isClosed = false

        mutating func takeWaiting() -> [PendingVerdict] {
            defer { waiting = [] }
            return waiting
        }
    }

    /// What a thread does next.
    enum Task: Sendable {
        case judge(PendingVerdict)
        /// Nothing has come for a while.
        case rest
        case end
    }

    private let state = Monitor(State())

    /// Adds a program.
    ///
    /// - Parameters:
    ///   - pending: The program.
    ///   - most: How many threads there may be.
    /// - Returns: Whether another thread should serve; it is counted already.
    func add(_ pending: PendingVerdict, most: Int) -> Bool {
        state.change { state in
            guard !state.isClosed else {
                pending.finish(.givenUp)
                return false
            }
            state.waiting.append(pending)
            guard state.waiting.count > state.idle, state.servers < most else { return false }
            state.servers += 1
            return true
        }
    }

    /// Waits for a program, for so many seconds or as long as it takes.
    func next(within seconds: Double?) -> Task {
        state.change { $0.idle += 1 }
        let deadline = seconds.map { Date(timeIntervalSinceNow: $0) }
        let task = state.wait(until: deadline) { state -> Task? in
            if state.isClosed { return .end }
            guard !state.waiting.isEmpty else { return nil }
            let pending = state.waiting.removeFirst()
            state.running.append(pending)
            return .judge(pending)
        }
        state.change { $0.idle -= 1 }
        return task ?? .rest
    }

    func finish(_ pending: PendingVerdict, _ result: JudgedProgram) {
        state.change { state in state.running.removeAll { $0 === pending } }
        pending.finish(result)
    }

    /// Says that a thread is over.
    func leave() { state.change { $0.servers -= 1 } }

    /// Says that a thread could not be started; if there is no other, what waits is refused.
    func fail(_ reason: String) {
        let refused = state.change { state -> [PendingVerdict] in
            state.servers -= 1
            return state.servers == 0 ? state.takeWaiting() : []
        }
        for pending in refused { pending.finish(JudgedProgram(.refused, reason)) }
    }

    /// Gives up everything, and waits until all threads are over.
    func close() {
        let (waiting, running) = state.change { state in
            state.isClosed = true
            return (state.takeWaiting(), state.running)
        }
        for pending in waiting { pending.finish(.givenUp) }
        for pending in running { pending.giveUp() }
        _ = state.wait { $0.servers == 0 ? true : nil }
    }
}
