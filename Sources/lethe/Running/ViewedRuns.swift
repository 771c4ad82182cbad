import Dashboard
import RunEvents
import RunStore

/// Stored runs, one or several, as they are seen by somebody who does not write them.
final class ViewedRuns {
    private let folders: [RunFolder]
    private var followers: [RunFollower]
    private let items: FollowedItems
    /// Which of the runs a process writes, as last told.
    private var written: [Bool]
    /// The moment of the last look at the locks.
    private var lastLook = ContinuousClock.now
    /// What the first look brought, until it is asked for.
    private var first: [DashboardInput]?
    /// What has been told of what cannot be read, by run: of its log, and of its items.
    private var told: [[String?]] = []

    /// How often the locks are asked.
    private static let lockInterval = Duration.milliseconds(500)

    /// Reads all that is stored.
    ///
    /// - Throws: `RunStoreError` if a log cannot be read.
    init(_ folders: [RunFolder]) throws {
        self.folders = folders
        followers = folders.map { RunFollower($0) }
        items = FollowedItems(folders)
        written = folders.map(RunLock.isHeld)
        var batches = try followers.map { try $0.poll() }
        for news in items.begin() where followers[news.run].knows(news.event) {
            batches[news.run].state?.apply(StampedEvent(seconds: 0, event: news.event))
        }
        first = announced() + inputs(batches)
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
        // The items first: whatever they speak of is then in the log.
        let scores = items.take()
        var batches = try followers.map { try $0.poll() }
        guard batches.contains(where: \.isRestart) else {
            return inputs(batches) + scores.compactMap(input)
        }
        items.restart()
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

    /// nil for items of what the run's log does not tell.
    private func input(_ news: FollowedItems.News) -> DashboardInput? {
        guard followers[news.run].knows(news.event) else { return nil }
        return .event(StampedEvent(seconds: 0, event: news.event), run: news.run)
    }

    /// What cannot be read of the runs, as far as it is new.
    private func newDamage(_ batches: [RunFollower.Batch]) -> [DashboardInput] {
        let before = told
        let problems = items.problems
        told = followers.indices.map { run in
            [followers[run].damage?.text(of: name("events.jsonl", run)), problems[run]]
        }
        return told.indices.flatMap { run in
            told[run].indices.compactMap { which -> DashboardInput? in
                let text = told[run][which]
                guard let text, !before.indices.contains(run) || before[run][which] != text else {
                    return nil
                }
                let notice = Notice(level: .alert, arm: nil, step: 0, text: text)
                let seconds =
                    batches[run].events.last?.seconds ?? batches[run].state?.seconds ?? 0
                return .event(
                    StampedEvent(seconds: seconds, event: .notice(notice)), run: run)
            }
        }
    }

    /// What a file of a run is called beside those of the others.
    private func name(_ file: String, _ run: Int) -> String {
        folders.count == 1 ? file : "\(run + 1)/\(file)"
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
