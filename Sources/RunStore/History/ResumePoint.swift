import Foundation
package import RunEvents

/// A moment of a run from which it can go on as if nothing had happened.
package struct ResumePoint: Sendable, Equatable {
    /// Events that stay.
    package var eventCount: Int
    /// The checkpoint that each arm continues from; an arm without one starts at its beginning.
    package var arms: [String: Int]
    /// The clock of the run at that moment.
    package var seconds: Double
    /// What has to come again of commands, in order.
    ///
    /// `quit` is left out, or the run would end at once.
    package var commands: [LostCommand]
    /// The largest number that a command has had, those after the cut included.
    package var lastCommandID = 0

    /// The beginning: nothing of the log stays.
    package static let beginning = ResumePoint(eventCount: 0, arms: [:], seconds: 0, commands: [])
}

extension RunHistory {
    /// The latest moment at which every arm stood exactly at a checkpoint that is still on disk.
    ///
    /// That is the longest prefix of the log that ends with a checkpoint and in which no arm has
    /// moved past its own last checkpoint; without any checkpoint it is the beginning.
    ///
    /// - Throws: `RunStoreError.runFinished`; `RunStoreError.checkpointsMissing` if checkpoints were
    ///   saved but their folders are gone.
    package func resumePoint() throws -> ResumePoint {
        if isOver { throw RunStoreError.runFinished(path: folder.url.path) }
        var scan = CheckpointScan()
        var best: CheckpointScan?
        var missing: (arm: String, step: Int)?
        for (index, stamped) in events.enumerated() {
            scan.take(stamped.event, index: index)
            guard case .checkpointSaved = stamped.event, scan.isSettled else { continue }
            if let gone = scan.marks.first(where: { !isOnDisk($0, step: $1.step) }) {
                missing = (gone.key, gone.value.step)
            } else {
                best = scan
            }
        }
        if best == nil, let missing {
            throw RunStoreError.checkpointsMissing(
                path: folder.url.path, arm: missing.arm, step: missing.step)
        }
        return try point(at: best ?? CheckpointScan())
    }

    private func point(at scan: CheckpointScan) throws -> ResumePoint {
        let stored = try PendingCommands.read(folder)
        let lost = LostCommandScan(events, cut: scan.count, saved: scan.marks.mapValues(\.index))
        return ResumePoint(
            eventCount: scan.count, arms: scan.marks.mapValues(\.step),
            seconds: scan.count == 0 ? 0 : events[scan.count - 1].seconds,
            commands: lost.commands(with: stored),
            lastCommandID: max(lost.lastID, stored.map(\.request.id).max() ?? 0))
    }

    private func isOnDisk(_ arm: String, step: Int) -> Bool {
        (try? CheckpointFolder(run: folder, arm: arm))?.isComplete(step: step) ?? false
    }
}

/// Follows through a log where each arm is and where its last checkpoint is.
private struct CheckpointScan {
    struct Mark {
        var step: Int
        var index: Int
    }

    /// Events taken.
    var count = 0
    /// The last checkpoint of each arm.
    var marks: [String: Mark] = [:]
    private var latest: [String: Int] = [:]

    mutating func take(_ event: RunEvent, index: Int) {
        count = index + 1
        switch event {
        case .observed(let seen): reach(seen.arm, seen.step)
        case .armChanged(let arm, _, let step): reach(arm, step)
        case .command(let request, .applied, let step):
            if let arm = request.arm { reach(arm, step) }
        case .checkpointSaved(let arm, let step, _, _):
            marks[arm] = Mark(step: step, index: index)
            reach(arm, step)
        default: break
        }
    }

    private mutating func reach(_ arm: String, _ step: Int) {
        latest[arm] = max(latest[arm] ?? 0, step)
    }

    /// True if no arm has moved past its last checkpoint.
    var isSettled: Bool {
        latest.allSatisfy { arm, step in step <= marks[arm]?.step ?? 0 }
    }
}
