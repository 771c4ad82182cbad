import Bases
import Foundation
import RunEvents
import RunStore
import Studies

/// A run that is about to start or to go on, with everything decided but nothing loaded.
struct RunRequest: Sendable {
    let study: Study
    let lock: RunLock
    let locator: DataLocator
    /// What an interrupted run goes on from; nil for a new one.
    var resumption: Resumption?

    var name: String { lock.folder.name }
    /// Events already stored, for the screen and the stream to know.
    var history: [StampedEvent] { resumption?.kept ?? [] }

    /// Where the arms go on.
    var continuation: Continuation? {
        resumption.map { resumption in
            var continuation = Continuation(resumption.point, after: resumption.kept)
            continuation.remarks = resumption.remarks(on: MachineReport.current.entries)
            return continuation
        }
    }

    /// Reads a stored run that is to go on from its last complete moment; nothing in it is changed.
    ///
    /// - Throws: `RunStoreError` if it is finished, locked or damaged; `RunChanged`, `StudyError`.
    static func resuming(_ folder: RunFolder, locator: DataLocator) throws -> RunRequest {
        let lock = try RunLock(folder)
        let history = try RunHistory.read(folder)
        try history.checkUndamaged()
        let resumption = Resumption(
            history: history, point: try history.resumePoint(), attempts: try folder.attempts(),
            studyText: try folder.studyText())
        return RunRequest(
            study: try resumption.study(locator: locator), lock: lock, locator: locator,
            resumption: resumption)
    }

    // MARK: - Beginning

    /// The files that the run reads, as they are now.
    ///
    /// - Throws: `RunChanged` if an interrupted run was started with others, or with another study;
    ///   `RunStoreError.system` if one cannot be read.
    func checkedInputs() throws -> [RunAttempt.Input] {
        let inputs = try StudyFiles(study, locator: locator).all.compactMap { file in
            try FileDigest(of: file.url).map { digest in
                RunAttempt.Input(
                    role: file.role.rawValue, name: file.name, path: file.url.path, digest: digest)
            }
        }
        try resumption?.check(study, inputs: inputs)
        return inputs
    }

    /// Makes the folder hold all that it takes to resume the run, and opens it for its events; of an
    /// interrupted run, what comes after the point that it goes on from is cut.
    ///
    /// - Parameters:
    ///   - prepared: The study with its data.
    ///   - inputs: The files that it was made from.
    /// - Returns: What takes the events.
    /// - Throws: `RunStoreError`.
    func openWriter(for prepared: PreparedStudy, inputs: [RunAttempt.Input]) throws -> RunWriter {
        let folder = lock.folder
        var text = prepared.study.yaml()
        if let resumption {
            text = resumption.studyText
            try resumption.history.truncate(
                to: resumption.point, arms: study.trajectories.map(\.id), lock: lock)
        } else {
            try folder.write(study: text)
        }
        let attempt = RunAttempt(
            environment: MachineReport.current.entries, study: text, inputs: inputs)
        try folder.write((resumption?.attempts ?? []) + [attempt])
        return try RunWriter(lock: lock)
    }
}

extension Continuation {
    init(_ point: ResumePoint, after events: [StampedEvent]) {
        let states = Self.states(events)
        let evaluated = Self.evaluatedSteps(events)
        let seconds = Self.seconds(events)
        let rates = Self.learningRates(events)
        self.init(
            arms: Dictionary(
                uniqueKeysWithValues: states.map { name, state in
                    let arm = Arm(
                        checkpoint: point.arms[name], state: state,
                        evaluatedStep: evaluated[name] ?? -1, seconds: seconds[name] ?? 0,
                        learningRate: rates[name])
                    return (name, arm)
                }),
            seconds: point.seconds,
            commands: point.commands, lastCommandID: point.lastCommandID,
            hasStarted: point.eventCount > 0,
            position: RunPosition(after: events.lazy.map(\.event)))
    }

    private static func states(_ events: [StampedEvent]) -> [String: ArmState] {
        var states: [String: ArmState] = [:]
        for stamped in events {
            switch stamped.event {
            case .started(let identity):
                for arm in identity.arms { states[arm.name] = .waiting }
            case .armChanged(let arm, let state, _): states[arm] = state
            default: break
            }
        }
        return states
    }

    private static func evaluatedSteps(_ events: [StampedEvent]) -> [String: Int] {
        var steps: [String: Int] = [:]
        for case .observed(let seen) in events.map(\.event)
        where seen.kind == .target || seen.kind == .source {
            steps[seen.arm] = seen.step
        }
        return steps
    }

    private static func seconds(_ events: [StampedEvent]) -> [String: Double] {
        var seconds: [String: Double] = [:]
        for case .observed(let seen) in events.map(\.event) { seconds[seen.arm] = seen.seconds }
        return seconds
    }

    /// The rates that commands had set when the arms' newest checkpoints were made.
    private static func learningRates(_ events: [StampedEvent]) -> [String: Double] {
        var present: [String: Double] = [:]
        var saved: [String: Double] = [:]
        for stamped in events {
            switch stamped.event {
            case .command(let request, .applied, _):
                guard case .setLearningRate(let rate) = request.command, let arm = request.arm
                else { continue }
                present[arm] = rate
            case .checkpointSaved(let arm, _, _, _): saved[arm] = present[arm]
            default: break
            }
        }
        return saved
    }
}
