import Dashboard
import RunEvents
import RunStore

/// Stored runs, one or several, as they are seen by somebody who does not write them.
final class ViewedRuns {
    private let folders: [RunFolder]
    private var followers: [RunFollower]
    /// Which of the runs a process writes, as last told.
    private var written: [Bool]
    /// The moment of the last look at the locks.
    private var lastLook = ContinuousClock.now
    /// What the first look brought, until it is asked for.
    private var first: [DashboardInput]?
    /// The unreadable lines of each log that have been told.
    private var told: [LogDamage?] = []

    /// How often the locks are asked.
    private static let lockInterval = Duration.milliseconds(500)

    /// Reads all that is stored.
    ///
    /// - Throws: `RunStoreError` if a log cannot be read.
    init(_ folders: [RunFolder]) throws {
        self.folders = folders
        followers = folders.map { RunFollower($0) }
        written = folders.map(RunLock.isHeld)
        first = try announced() + look()
    }

    /// Everything since the last call; if the log of any run was cut back, everything of all runs.
    ///
    /// Lines of a log that cannot be read are told by an alert behind the events.
    ///
    /// - Throws: `RunStoreError`.
    func poll() throws -> [DashboardInput] {
        defer { first = nil }
        if let first { return first }
        // The locks first: what a run wrote before it let go of its lock is then read at once.
        let changes = writers()
        return try look() + changes
    }

    private func look() throws -> [DashboardInput] {
        var batches = try followers.map { try $0.poll() }
        guard batches.contains(where: \.isRestart) else { return inputs(batches) }
        followers = folders.map { RunFollower($0) }
        told = []
        batches = try followers.map { try $0.poll() }
        return [.restart] + announced() + inputs(batches)
    }

    private func inputs(_ batches: [RunFollower.Batch]) -> [DashboardInput] {
        let news = batches.enumerated().flatMap { run, batch in
            [batch.state.map { DashboardInput.state($0, run: run) }].compactMap { $0 }
                + batch.events.map { DashboardInput.event($0, run: run) }
        }
        return news + newDamage(batches)
    }

    private func newDamage(_ batches: [RunFollower.Batch]) -> [DashboardInput] {
        let before = told
        told = followers.map(\.damage)
        return told.enumerated().compactMap { run, damage in
            guard let damage, !before.indices.contains(run) || before[run] != damage else {
                return nil
            }
            let name = folders.count == 1 ? "events.jsonl" : "\(run + 1)/events.jsonl"
            let notice = Notice(level: .alert, arm: nil, step: 0, text: damage.text(of: name))
            let stamped = StampedEvent(
                seconds: batches[run].events.last?.seconds ?? batches[run].state?.seconds ?? 0,
                event: .notice(notice))
            return .event(stamped, run: run)
        }
    }

    /// Which runs are written, as far as that has changed.
    private func writers() -> [DashboardInput] {
        guard ContinuousClock.now - lastLook >= Self.lockInterval else { return [] }
        lastLook = .now
        let now = folders.map(RunLock.isHeld)
        defer { written = now }
        return now.indices.filter { now[$0] != written[$0] }.map { .written(now[$0], run: $0) }
    }

    private func announced() -> [DashboardInput] {
        written.enumerated().map { .written($1, run: $0) }
    }
}
