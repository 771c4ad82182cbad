import Bases
import Evaluation
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
    /// Whether the base is measured even if its scores are known from an earlier run.
    var isFresh = false
    /// Where programs that models write are run.
    var programs = ProgramPlace()

    var name: String { lock.folder.name }
    /// What the run has said already, for the screen and the stream to know; nil for a new one.
    var state: RunState? { resumption?.point.state }

    /// The same with what single items added, so that the screen says what `lethe verdict` says.
    var judgedState: RunState? { resumption?.judgedState }

    /// Where the arms go on.
    var continuation: Continuation? {
        resumption.map { resumption in
            var continuation = Continuation(resumption.point)
            continuation.remarks = resumption.remarks(on: MachineReport.current.entries, study)
            continuation.evaluated = study.budget.flatMap { _ in judgedState }
            return continuation
        }
    }

    /// Reads a stored run that is to go on from its last complete moment; nothing in it is changed.
    ///
    /// - Parameters:
    ///   - folder: The run's.
    ///   - addition: What the run gets more; one that is finished goes on only for that.
    ///   - locator: Finds the files of the study.
    /// - Returns: The run with the study that it goes on with.
    /// - Throws: `RunStoreError` if it is finished, locked or damaged; `RunChanged`, `StudyError`,
    ///   `StudyAdditionError`.
    static func resuming(
        _ folder: RunFolder, adding addition: StudyAddition = StudyAddition(), locator: DataLocator
    ) throws -> RunRequest {
        let lock = try RunLock(folder)
        let isExtended = !addition.isEmpty
        let point = try folder.resumePoint(isExtended: isExtended)
        var resumption = Resumption(
            folder: folder, point: point, attempts: try folder.attempts(),
            studyText: try folder.studyText())
        var study = try resumption.study(locator: locator)
        do {
            if isExtended { study = try resumption.extend(study, by: addition, locator: locator) }
        } catch StudyAdditionError.nothingNew where !point.isOver {
            // It was interrupted when it had got all that already.
        }
        return RunRequest(study: study, lock: lock, locator: locator, resumption: resumption)
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

    /// The study with all that it needs in memory; one that goes on is measured as it was until here.
    ///
    /// - Throws: `StudyError`; `RunChanged` if the run cannot be measured so here.
    func prepared() throws -> PreparedStudy {
        var refusal: String?
        let prepared = try PreparedStudy.prepare(study, locator: locator) {
            let found = programs.open()
            if case .refused(let reason) = found { refusal = reason }
            return found
        }
        guard let resumption else { return prepared }
        return try resumption.measured(prepared, refusal: refusal) {
            try? PreparedStudy.prepare(study, locator: locator)
        }
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
            text = resumption.extendedText ?? resumption.studyText
            try folder.cut(
                to: resumption.point, arms: study.trajectories.map(\.id), lock: lock)
            if resumption.extendedText != nil { try folder.write(study: text) }
        } else {
            try folder.write(study: text)
        }
        let attempt = RunAttempt(
            environment: MachineReport.current.entries, study: text, inputs: inputs)
        try folder.write((resumption?.attempts ?? []) + [attempt])
        guard let resumption else { return try RunWriter(lock: lock) }
        return try RunWriter(lock: lock, after: resumption.point)
    }
}

extension Continuation {
    init(_ point: ResumePoint) {
        let arms = point.state.trajectories.map { trajectory in
            let arm = Arm(
                checkpoint: trajectory.checkpoints.last?.step, state: trajectory.toldState,
                evaluatedStep: trajectory.evaluatedStep ?? -1, seconds: trajectory.seconds,
                learningRate: trajectory.checkpoints.last?.changedPeak,
                forgetting: trajectory.curve(.source, "forgetting")?.latest?.value)
            return (trajectory.name, arm)
        }
        self.init(
            arms: Dictionary(arms) { first, _ in first }, seconds: point.seconds,
            commands: point.commands, lastCommandID: point.lastCommandID,
            hasStarted: point.eventCount > 0, position: point.state.position)
    }
}
