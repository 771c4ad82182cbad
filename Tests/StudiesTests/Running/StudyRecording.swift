import Foundation
import RunEvents
import Studies
import StudySamples
import TestSupport

/// Everything that one run of the small study said, and the people and disks around it.
final class StudyRecording: RunEventSink {
    let commands = CommandQueue()
    let stop = StopToken()
    private(set) var stamped: [StampedEvent] = []
    var events: [RunEvent] { stamped.map(\.event) }
    private(set) var outcome: RunOutcome?
    /// The arms that were read from checkpoints.
    var restored: [String] { reads.arms }
    private let reads = CheckpointReads()
    /// Plays the user: told of every event before training goes on.
    private let user: (RunEvent, StudyRecording) -> Void

    private init(_ user: @escaping (RunEvent, StudyRecording) -> Void) { self.user = user }

    func receive(_ event: StampedEvent) {
        stamped.append(event)
        user(event.event, self)
    }

    /// Runs the small study to its end; a command waits for the end of an evaluation for `patience`.
    static func run(
        _ settings: [String] = [], patience: Duration = .seconds(60),
        user: @escaping (RunEvent, StudyRecording) -> Void = { _, _ in }
    ) throws -> StudyRecording {
        try withTemporaryFolder { folder in
            try run(
                SmallStudy(in: folder).prepared(settings), in: folder, patience: patience,
                user: user)
        }
    }

    static func run(
        _ prepared: PreparedStudy, in folder: URL, continuing continuation: Continuation? = nil,
        patience: Duration = .seconds(60),
        user: @escaping (RunEvent, StudyRecording) -> Void = { _, _ in }
    ) throws -> StudyRecording {
        let recording = StudyRecording(user)
        let store = PlainCheckpoints(
            folder: folder.appending(path: "checkpoints"), journal: recording.reads)
        recording.outcome = try StudyRunner(
            prepared, sinks: [recording], checkpoints: store, commands: recording.commands,
            stop: recording.stop, patience: patience
        ).run("small-1", continuing: continuation)
        return recording
    }

    // MARK: - Reading

    func observations(_ arm: String? = nil, _ metric: String? = nil) -> [Observation] {
        events.compactMap { event in
            guard case .observed(let seen) = event, arm == nil || seen.arm == arm,
                metric == nil || seen.metric == metric
            else { return nil }
            return seen
        }
    }

    /// The steps at which an arm's training loss was reported.
    func trainedSteps(_ arm: String) -> [Int] {
        observations(arm, "loss").filter { $0.kind == .train }.map(\.step)
    }

    /// The steps at which an arm was evaluated.
    func evaluatedSteps(_ arm: String) -> [Int] {
        observations(arm, "bits_per_byte").map(\.step)
    }

    func savedSteps(_ arm: String) -> [Int] {
        events.compactMap { event in
            if case .checkpointSaved(arm, let step, _, _) = event { step } else { nil }
        }
    }

    /// Each command event as `#1 pause full applied at 2`.
    var commandLines: [String] {
        events.compactMap { event in
            guard case .command(let request, let state, let step) = event else { return nil }
            let word =
                switch state {
                case .asked: "asked"
                case .applied: "applied"
                case .refused(let reason): "refused (\(reason))"
                }
            let arm = request.arm ?? "all"
            return "#\(request.id) \(request.command.name) \(arm) \(word) at \(step)"
        }
    }

    func states(_ arm: String) -> [ArmState] {
        events.compactMap { event in
            if case .armChanged(arm, let state, _) = event { state } else { nil }
        }
    }

    /// The numbers that do not depend on the clock or the machine, bit for bit.
    var exactRows: [String] {
        observations().filter { $0.kind != .cost }.map { seen in
            [
                seen.arm, "\(seen.step)", "\(seen.tokens)", seen.kind.rawValue, seen.task,
                seen.metric, "\(seen.value.bitPattern)", seen.note,
            ].joined(separator: ",")
        }
    }
}

extension RunEvent {
    /// True for the last event of a training step.
    func isStep(_ step: Int, of arm: String) -> Bool {
        guard case .observed(let seen) = self else { return false }
        return seen.arm == arm && seen.step == step && seen.metric == "gradient_norm"
    }
}

/// Which checkpoints were read.
final class CheckpointReads {
    fileprivate(set) var arms: [String] = []
}

/// Checkpoints in a folder, without the care of the real store.
struct PlainCheckpoints: CheckpointStore {
    let folder: URL
    let journal: CheckpointReads

    func save(
        arm: String, step: Int, _ body: (URL) throws -> Void
    ) throws -> (path: String, bytes: Int) {
        let url = url(arm: arm, step: step)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try body(url)
        return ("checkpoints/\(arm)/step-\(step)", 1)
    }

    func steps(arm: String) throws -> [Int] {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: arm).path)
        return names.compactMap { Int($0.dropFirst("step-".count)) }.sorted()
    }

    func remove(arm: String, step: Int) throws {
        try FileManager.default.removeItem(at: url(arm: arm, step: step))
    }

    func folder(arm: String, step: Int) throws -> URL {
        journal.arms.append(arm)
        return url(arm: arm, step: step)
    }

    private func url(arm: String, step: Int) -> URL {
        folder.appending(path: "\(arm)/step-\(step)")
    }
}
