import Synchronization

/// Carries commands from the user's thread to the training thread.
package final class CommandQueue: Sendable {
    /// A command and the moment at which the user gave it.
    package struct Entry: Sendable {
        package var request: CommandRequest
        package var instant: ContinuousClock.Instant
    }

    private struct State {
        var waiting: [Entry] = []
        var nextID = 1
        var isClosed = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Adds a command and returns it with its number.
    @discardableResult
    package func ask(_ command: RunCommand, arm: String?, origin: String) -> CommandRequest {
        state.withLock { state in
            let request = CommandRequest(
                id: state.nextID, command: command, arm: arm, origin: origin)
            state.nextID += 1
            state.waiting.append(Entry(request: request, instant: .now))
            return request
        }
    }

    /// Says that nobody can give commands any more; those that wait are still taken.
    package func close() { state.withLock { $0.isClosed = true } }

    /// Whether no command can come any more beside those that wait.
    package var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Takes everything that waits, oldest first.
    package func takeAll() -> [Entry] {
        state.withLock { state in
            let waiting = state.waiting
            state.waiting.removeAll(keepingCapacity: true)
            return waiting
        }
    }
}
