import RunEvents
import RunStore

/// The events of stored runs, one or several, as they are seen by somebody who does not write them.
final class ViewedRuns {
    private let folders: [RunFolder]
    private var followers: [RunFollower]
    /// What the first look brought, until it is asked for.
    private var first: RunFollower.Batch?

    /// Reads all that is stored.
    ///
    /// - Throws: `RunStoreError` if a log cannot be read.
    init(_ folders: [RunFolder]) throws {
        self.folders = folders
        followers = folders.map { RunFollower($0) }
        first = try look()
    }

    /// Everything since the last call; if the log of any run was cut back, everything of all runs.
    ///
    /// Of several runs, every arm is called `<number of the run>/<arm>`.
    ///
    /// - Throws: `RunStoreError`.
    func poll() throws -> RunFollower.Batch {
        defer { first = nil }
        return try first ?? look()
    }

    private func look() throws -> RunFollower.Batch {
        var batches = try followers.map { try $0.poll() }
        let isRestart = batches.contains(where: \.isRestart)
        if isRestart {
            followers = folders.map { RunFollower($0) }
            batches = try followers.map { try $0.poll() }
        }
        let events = batches.enumerated().flatMap { index, batch in
            folders.count == 1 ? batch.events : batch.events.map { Self.naming($0, run: index + 1) }
        }
        return RunFollower.Batch(isRestart: isRestart, events: events)
    }

    private static func naming(_ stamped: StampedEvent, run number: Int) -> StampedEvent {
        StampedEvent(
            seconds: stamped.seconds, event: stamped.event.renamingArms { "\(number)/\($0)" })
    }
}
