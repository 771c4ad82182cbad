import Foundation
package import RunEvents

/// A moment of a run from which it can go on as if nothing had happened.
package struct ResumePoint: Sendable, Equatable {
    /// What the run had said by then, all of which stays.
    package var state: RunState
    /// What has to come again of commands, in order.
    ///
    /// `quit` is left out, or the run would end at once.
    package var commands: [LostCommand]
    /// The largest number that a command has had, those after the cut included.
    package var lastCommandID: Int
    /// What the whole log says of what is compared.
    package var identity: RunIdentity?
    /// Whether the run had come to its own end.
    package var isOver = false
    /// Where the log is cut.
    let place: LogPlace

    /// The beginning of a run: nothing of its log stays.
    package static let beginning = ResumePoint(
        state: RunState(), commands: [], lastCommandID: 0, identity: nil, place: LogPlace())

    /// Events that stay.
    package var eventCount: Int { max(0, place.lines - 1) }

    /// The checkpoint that each arm continues from; an arm without one starts at its beginning.
    package var arms: [String: Int] { state.checkpointSteps }

    /// The clock of the run at that moment.
    package var seconds: Double { state.seconds }
}

extension RunFolder {
    /// The latest moment at which every arm stood exactly at a checkpoint that is still on disk.
    ///
    /// That is the longest prefix of the log that ends with a checkpoint and in which no arm has
    /// moved past its own last checkpoint; without any checkpoint it is the beginning.
    ///
    /// - Parameter isExtended: Whether the run gets more trajectories; then one that is over goes on.
    /// - Returns: That moment, and what has to come again.
    /// - Throws: `RunStoreError.malformed` if a line cannot be read; `RunStoreError.runFinished`;
    ///   `RunStoreError.checkpointsMissing` if checkpoints were saved but their folders are gone;
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func resumePoint(isExtended: Bool = false) throws -> ResumePoint {
        let opened = try opened()
        if let log = try OpenLog(opened), log.snapshot != nil {
            let scan = try scan(log)
            if scan.hasPoint { return try scan.point(isExtended: isExtended) }
        }
        return try scan(OpenLog(opened, usesSnapshot: false)).point(isExtended: isExtended)
    }

    private func scan(_ log: OpenLog?) throws -> SettledScan {
        var scan = SettledScan(self, from: log?.snapshot)
        let stored = try StoredLog.read(self, log) { scan.take($0, endingAt: $1) }
        try stored.checkUndamaged()
        return scan
    }
}

/// Follows through a log where its newest resume point is, and what has come since.
private struct SettledScan {
    private let folder: RunFolder
    /// The newest point so far, and where it is in the log; nil for the beginning.
    private var state = RunState()
    private var place: LogPlace?
    /// What has come since.
    private var rest: [StampedEvent] = []
    /// Where the arms and their newest checkpoints are by now.
    private var position = RunPosition()
    private var checkpoints: [String: Int] = [:]
    /// A checkpoint that would make a newer point, but is gone.
    private var missing: (arm: String, step: Int)?

    /// - Parameters:
    ///   - folder: The run's.
    ///   - snapshot: What is in front of the events that will be taken.
    init(_ folder: RunFolder, from snapshot: Snapshot?) {
        self.folder = folder
        guard let snapshot else { return }
        state = snapshot.state
        position = state.position
        checkpoints = state.checkpointSteps
        settle(at: snapshot.place)
    }

    /// False if only the beginning is left.
    var hasPoint: Bool { place != nil }

    mutating func take(_ stamped: StampedEvent, endingAt end: LogPlace) {
        rest.append(stamped)
        position.take(stamped.event)
        guard case .checkpointSaved(let arm, let step, _, _) = stamped.event else { return }
        checkpoints[arm] = step
        settle(at: end)
    }

    /// Takes this moment as the newest point, if it is one.
    private mutating func settle(at end: LogPlace) {
        guard position.isSettled(at: checkpoints) else { return }
        if let gone = checkpoints.first(where: { !isOnDisk($0, step: $1) }) {
            missing = (gone.key, gone.value)
        } else {
            for event in rest { state.apply(event) }
            (rest, place) = ([], end)
        }
    }

    private func isOnDisk(_ arm: String, step: Int) -> Bool {
        (try? CheckpointFolder(run: folder, arm: arm))?.isComplete(step: step) ?? false
    }

    /// - Throws: `RunStoreError.runFinished`, `RunStoreError.checkpointsMissing`; what keeps
    ///   `commands.json` from being read.
    func point(isExtended: Bool) throws -> ResumePoint {
        var whole = state
        for event in rest { whole.apply(event) }
        if whole.isOver, !isExtended { throw RunStoreError.runFinished(path: folder.url.path) }
        if place == nil, let missing {
            throw RunStoreError.checkpointsMissing(
                path: folder.url.path, arm: missing.arm, step: missing.step)
        }
        let stored = try PendingCommands.read(folder)
        let lost = LostCommands(cutting: rest, after: state)
        return ResumePoint(
            state: state, commands: lost.commands(with: stored),
            lastCommandID: max(
                whole.commands.lastID, stored.map(\.request.id).max() ?? 0),
            identity: whole.identity, isOver: whole.isOver,
            place: place ?? LogPlace())
    }
}
