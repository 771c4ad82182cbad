import Foundation
package import RunEvents

/// A moment of a run from which it can go on as if nothing had happened.
package struct ResumePoint: Sendable, Equatable {
    /// A command that took effect after the checkpoint of its arm and must take effect again.
    package struct Command: Sendable, Equatable {
        package var request: CommandRequest
        /// The arm's step when it was applied.
        package var step: Int
        /// True if its event is before the cut, so that the log must not tell it again.
        package var isRecorded: Bool
    }

    /// Events that stay.
    package var eventCount: Int
    /// The checkpoint that each arm continues from; an arm without one starts at its beginning.
    package var arms: [String: Int]
    /// The clock of the run at that moment.
    package var seconds: Double
    /// What to apply again, in order.
    ///
    /// `quit` is left out, or the run would end at once.
    package var commands: [Command]

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
            if let gone = scan.marks.first(where: { !isOnDisk($0.value) }) {
                missing = (gone.key, gone.value.step)
            } else {
                best = scan
            }
        }
        guard let best else {
            if let missing {
                throw RunStoreError.checkpointsMissing(
                    path: folder.url.path, arm: missing.arm, step: missing.step)
            }
            return .beginning.adding(commands(after: CheckpointScan()))
        }
        return ResumePoint(
            eventCount: best.count, arms: best.marks.mapValues(\.step),
            seconds: events[best.count - 1].seconds, commands: commands(after: best))
    }

    private func isOnDisk(_ mark: CheckpointScan.Mark) -> Bool {
        CheckpointFolder.isComplete(path: mark.path, in: folder)
    }

    /// Commands whose effect is in none of the checkpoints.
    private func commands(after scan: CheckpointScan) -> [ResumePoint.Command] {
        var found: [ResumePoint.Command] = []
        for (index, stamped) in events.enumerated() {
            guard case .command(let request, .applied, let step) = stamped.event,
                request.command != .quit
            else { continue }
            if index >= scan.count {
                found.append(.init(request: request, step: step, isRecorded: false))
            } else if request.command.changesArm {
                found += lost(request, step: step, index: index, in: scan)
            }
        }
        return found
    }

    private func lost(
        _ request: CommandRequest, step: Int, index: Int, in scan: CheckpointScan
    ) -> [ResumePoint.Command] {
        let arms = request.arm.map { [$0] } ?? identity?.arms.map(\.name) ?? []
        return arms.filter { (scan.marks[$0]?.index ?? -1) < index }.map { arm in
            var single = request
            single.arm = arm
            return .init(request: single, step: step, isRecorded: true)
        }
    }
}

/// Follows through a log where each arm is and where its last checkpoint is.
private struct CheckpointScan {
    struct Mark {
        var step: Int
        var path: String
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
        case .checkpointSaved(let arm, let step, let path, _):
            marks[arm] = Mark(step: step, path: path, index: index)
            latest[arm] = step
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

extension ResumePoint {
    fileprivate func adding(_ commands: [Command]) -> ResumePoint {
        var point = self
        point.commands = commands
        return point
    }
}

extension RunCommand {
    /// True if the command leaves something in the arm that its next checkpoint keeps.
    fileprivate var changesArm: Bool {
        switch self {
        case .pause, .resume, .stop, .setLearningRate: true
        case .checkpoint, .evaluate, .quit: false
        }
    }
}
