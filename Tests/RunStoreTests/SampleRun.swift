import Foundation
import RunEvents
import RunStore
import TestSupport

/// Scripted runs for the tests of this target.
enum SampleRun {
    static let identity = RunIdentity(
        run: "code-1", study: "code", base: "tiny", domain: "code", targetTasks: ["code"],
        sourceTasks: ["facts"], evaluateEvery: 2,
        arms: [
            ArmIdentity(
                name: "full", method: "full", rank: nil, seed: 0, plannedSteps: 4,
                learningRate: 1e-3, trainableParameters: 1_000, totalParameters: 1_000),
            ArmIdentity(
                name: "lora-r8", method: "lora", rank: 8, seed: .max, plannedSteps: 4,
                learningRate: 1e-2, trainableParameters: 100, totalParameters: 1_100),
        ])

    static let request = CommandRequest(
        id: 1, command: .setLearningRate(1e-5), arm: "full", origin: "keyboard")

    /// At least one of every event, with the awkward numbers and texts.
    static let everyEvent: [StampedEvent] = [
        .started(identity),
        .observed(score("full", 0, .target, "loss", 2.5)),
        .observed(score("lora-r8", 0, .source, "loss", .nan)),
        .observed(score("lora-r8", 1, .train, "gradient_norm", .infinity)),
        .observed(score("lora-r8", 1, .train, "loss", -.infinity)),
        .observed(score("full", 1, .train, "loss", 0.1 + 0.2)),
        .armChanged(arm: "full", state: .training, step: 1),
        .armChanged(arm: "full", state: .paused, step: 1),
        .armChanged(arm: "full", state: .training, step: 1),
        .armChanged(arm: "full", state: .stopped, step: 1),
        .command(request, state: .asked, step: 1),
        .command(request, state: .applied, step: 1),
        .command(request, state: .refused(reason: "arm \"full\" is over, nothing to do"), step: 1),
        .checkpointSaved(arm: "full", step: 1, path: "checkpoints/full/step-1", bytes: 12),
        .notice(Notice(level: .alert, arm: nil, step: 1, text: "two\nlines, \"quoted\" — π")),
        .resumed(arms: ["full": 1]),
        .finished(.completed),
    ].enumerated().map { StampedEvent(seconds: Double($0) * 0.5, event: $1) }

    static func score(
        _ arm: String, _ step: Int, _ kind: ObservationKind, _ metric: String, _ value: Double,
        task: String = ""
    ) -> Observation {
        Observation(
            arm: arm, step: step, tokens: step * 64, seconds: Double(step) / 4, kind: kind,
            task: task, metric: metric, value: value)
    }

    /// A folder with a lock, ready for a writer.
    static func folder(in parent: URL) throws -> RunFolder {
        try RunFolder.create(at: parent.appending(path: "code-1"))
    }
}

/// Stands for a trainer: two arms take turns, two steps a slice, a checkpoint after each slice.
struct ScriptedTrainer {
    private static let plannedSteps = 4
    private var steps = ["full": 0, "lora-r8": 0]
    private var finished: Set<String> = []
    private var hasStarted = false
    private var seconds = 0.0

    init() {}

    /// A trainer that goes on from a resume point of its own log.
    init(from point: ResumePoint) {
        steps.merge(point.arms) { _, new in new }
        seconds = point.seconds
        hasStarted = point.eventCount > 0
        finished = Set(
            point.state.trajectories.lazy.filter { $0.state == .finished }.map(\.name))
    }

    /// Everything that is left to do, as events; checkpoints are written as the events are made.
    mutating func run(_ folder: RunFolder, _ take: @escaping (StampedEvent) throws -> Bool) throws {
        var events = Emitter(seconds: seconds, take: take)
        if !hasStarted {
            guard try events.emit(.started(SampleRun.identity)), try events.emit(.items(Self.items))
            else { return }
            for arm in SampleRun.identity.arms {
                guard try evaluate(arm.name, 0, &events) else { return }
            }
        }
        while let arm = nextArm {
            for _ in 0..<2 where steps[arm, default: 0] < Self.plannedSteps {
                steps[arm, default: 0] += 1
                let step = steps[arm, default: 0]
                guard try events.emit(.observed(score(arm, step, .train, "loss"))) else { return }
            }
            let step = steps[arm, default: 0]
            if !finished.contains(arm), !(try finish(arm, step, folder, &events)) { return }
        }
        _ = try events.emit(.finished(.completed))
    }

    /// An arm that only lacks its end, else the one that is behind.
    private var nextArm: String? {
        let arms = SampleRun.identity.arms.map(\.name).filter { !finished.contains($0) }
        return arms.first { steps[$0] == Self.plannedSteps }
            ?? arms.min { steps[$0, default: 0] < steps[$1, default: 0] }
    }

    private mutating func finish(
        _ arm: String, _ step: Int, _ folder: RunFolder, _ events: inout Emitter
    ) throws -> Bool {
        let checkpoints = try CheckpointFolder(run: folder, arm: arm)
        let isSaved = try checkpoints.steps().contains(step)
        if !isSaved {
            guard try evaluate(arm, step, &events) else { return false }
            let saved = try checkpoints.write(step: step) { url in
                try Data("\(arm) \(step)".utf8).write(to: url.appending(path: "state"))
            }
            let event = RunEvent.checkpointSaved(
                arm: arm, step: step, path: saved.path, bytes: saved.bytes)
            guard try events.emit(event) else { return false }
            for old in try checkpoints.steps().dropLast(2) { try checkpoints.remove(step: old) }
        }
        if step == Self.plannedSteps {
            finished.insert(arm)
            return try events.emit(.armChanged(arm: arm, state: .finished, step: step))
        }
        return true
    }

    private func evaluate(_ arm: String, _ step: Int, _ events: inout Emitter) throws -> Bool {
        try events.emit(.scored(scores(arm, step)))
            && events.emit(.observed(score(arm, step, .target, "loss")))
            && events.emit(.observed(score(arm, step, .source, "forgetting")))
    }

    private static let items = ItemSet(
        key: MeasureKey(kind: .target, task: "code", metric: "loss"), hashes: [3, 4],
        counts: [10, 20])

    private func scores(_ arm: String, _ step: Int) -> ItemScores {
        ItemScores(
            arm: arm, step: step, key: Self.items.key,
            sums: [Double(step), Double(arm.utf8.count) / 3])
    }

    private func score(
        _ arm: String, _ step: Int, _ kind: ObservationKind, _ metric: String
    ) -> Observation {
        let value = Double(step + arm.utf8.count) / 3
        return SampleRun.score(arm, step, kind, metric, value)
    }

    private struct Emitter {
        var seconds: Double
        let take: (StampedEvent) throws -> Bool

        mutating func emit(_ event: RunEvent) throws -> Bool {
            seconds += 0.25
            return try take(StampedEvent(seconds: seconds, event: event))
        }
    }
}
