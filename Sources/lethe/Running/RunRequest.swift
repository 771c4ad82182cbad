import Foundation
import RunEvents
import RunStore
import Studies

/// A run that is about to start or to go on, with everything decided but nothing loaded.
struct RunRequest: Sendable {
    let study: Study
    let lock: RunLock
    /// Where to go on; nil for a new run.
    let continuation: Continuation?
    /// Events already stored, for the screen and the stream to know.
    let history: [StampedEvent]
    let locator: DataLocator

    var name: String { lock.folder.name }
}

extension RunRequest {
    /// Prepares a stored run to go on from its last complete moment.
    ///
    /// - Throws: `RunStoreError` if it is finished, locked or damaged; `StudyError`.
    static func resuming(_ folder: RunFolder, locator: DataLocator) throws -> RunRequest {
        let lock = try RunLock(folder)
        let history = try RunHistory.read(folder)
        try history.checkUndamaged()
        let point = try history.resumePoint()
        let kept = Array(history.events.prefix(point.eventCount))
        let study = try StudyFile.load(folder.studyFile.path, locator: locator)
        try history.truncate(to: point, arms: study.seededArms.map(\.name), lock: lock)
        return RunRequest(
            study: study, lock: lock, continuation: Continuation(point, after: kept),
            history: kept, locator: locator)
    }
}

extension Continuation {
    init(_ point: ResumePoint, after events: [StampedEvent]) {
        let states = Self.states(events)
        let evaluated = Self.evaluatedSteps(events)
        let seconds = Self.seconds(events)
        self.init(
            arms: Dictionary(
                uniqueKeysWithValues: states.map { name, state in
                    let arm = Arm(
                        checkpoint: point.arms[name], state: state,
                        evaluatedStep: evaluated[name] ?? -1, seconds: seconds[name] ?? 0)
                    return (name, arm)
                }),
            seconds: point.seconds,
            commands: point.commands.map {
                Command(
                    request: $0.request, position: $0.position, isRecorded: $0.isRecorded)
            },
            lastCommandID: point.lastCommandID, hasStarted: point.eventCount > 0)
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
}
