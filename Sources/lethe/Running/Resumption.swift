import Bases
import Foundation
import RunEvents
import RunStore
import Studies

/// What an interrupted run goes on from: its log, what was recorded of its attempts, its study.
struct Resumption: Sendable {
    let folder: RunFolder
    let point: ResumePoint
    /// What the run had said there, with what single items added; without where they cannot be read,
    /// which keeps the run from going on and is told then.
    let judgedState: RunState
    let attempts: [RunAttempt]
    /// The study as its file in the run folder has it now.
    let studyText: String
    /// The study with what the run gets more; nil if that is nothing.
    private(set) var extendedText: String?

    init(
        folder: RunFolder, point: ResumePoint, attempts: [RunAttempt], studyText: String
    ) {
        self.folder = folder
        self.point = point
        judgedState = (try? StoredItems.state(at: point, of: folder)) ?? point.state
        self.attempts = attempts
        self.studyText = studyText
    }

    /// The last attempt that recorded what it was made with.
    private var recorded: RunAttempt? { attempts.last { $0.study != nil && $0.inputs != nil } }

    /// The study as its file has it now.
    ///
    /// - Throws: `RunChanged` if it was edited so that it is none any more; else `StudyError`.
    func study(locator: DataLocator) throws -> Study {
        do {
            return try StudyFile.load(
                storedText: studyText, file: folder.studyFile.path, locator: locator)
        } catch let error as StudyError {
            let changes = (try? studyChanges()) ?? []
            guard changes.isEmpty else {
                throw RunChanged(path: folder.url.path, changes: changes)
            }
            throw error
        }
    }

    /// Gives the run more trajectories.
    ///
    /// - Returns: The study with them.
    /// - Throws: `StudyAdditionError`; `StudyError` if what is added makes no sense.
    mutating func extend(
        _ study: Study, by addition: StudyAddition, locator: DataLocator
    ) throws -> Study {
        let text = try study.adding(addition).yaml()
        extendedText = text
        return try StudyFile.load(
            storedText: text, file: folder.studyFile.path, locator: locator)
    }

    /// Checks that nothing has changed of what the run was started with.
    ///
    /// - Throws: `RunChanged` with everything that has.
    func check(_ study: Study, inputs: [RunAttempt.Input]) throws {
        var changes = try studyChanges()
        if changes.isEmpty, let identity = point.identity {
            changes = Self.changes(from: identity, to: study)
        }
        changes += recorded?.changes(to: inputs) ?? []
        guard changes.isEmpty else {
            throw RunChanged(path: folder.url.path, changes: changes)
        }
    }

    /// What the study's file says otherwise than when the run was started.
    ///
    /// - Throws: What makes it no YAML.
    private func studyChanges() throws -> [String] {
        try recorded?.study.map { try StudyFile.changes(from: $0.text, to: studyText) } ?? []
    }

    /// What is different about a study from what the log says of it.
    private static func changes(from identity: RunIdentity, to study: Study) -> [String] {
        let arms = Dictionary(study.trajectories.map { ($0.id, $0) }) { first, _ in first }
        let names = Set(identity.arms.map(\.name))
        let gone = identity.arms.filter { arms[$0.name] == nil }
        let new = study.trajectories.filter { !names.contains($0.id) && !$0.isAdded }
        return gone.map { "arm \($0.name) was there and is gone" }
            + new.map { "arm \($0.id) is new" }
            + identity.arms.flatMap { old in arms[old.name].map { changes(from: old, to: $0) } ?? []
            }
            + [
                change("evaluate.every", identity.evaluateEvery, study.evaluation.every),
                change("target.tasks", identity.targetTasks, study.target.tasks),
                change("source.tasks", identity.sourceTasks, study.source.tasks),
            ].compactMap { $0 }
    }

    private static func changes(from old: ArmIdentity, to new: Study.Trajectory) -> [String] {
        let path = { (key: String) in "arms.\(new.id).\(key)" }
        return [
            change(path("method"), old.method, new.arm.method.name.rawValue),
            change(path("seed"), old.seed, new.seed),
            change(path("steps"), old.plannedSteps, new.steps),
            change(path("learning_rate"), old.learningRate, new.learningRate),
        ].compactMap { $0 }
    }

    private static func change<Value: Equatable>(
        _ key: String, _ old: Value, _ new: Value
    ) -> String? {
        old == new ? nil : "\(key) was \(old), is \(new)"
    }

    /// What is worth telling of an attempt that goes on: what cannot be checked, and where the numbers
    /// can differ in their last digits.
    func remarks(on environment: [String: String], _ study: Study) -> [String] {
        var remarks = measuringChanges(study).map { [$0] } ?? []
        if attempts.first?.inputs == nil {
            remarks.append(
                "the run was started by a version of lethe that did not record its files: "
                    + "whether its base or data have changed since cannot be checked")
        }
        if let first = attempts.first?.environment {
            let differences = ["lethe", "processor", "blas"].compactMap { key -> String? in
                guard let old = first[key], let new = environment[key], old != new else {
                    return nil
                }
                return "\(key) is \(new) instead of \(old)"
            }
            if !differences.isEmpty {
                remarks.append(
                    differences.joined(separator: ", ")
                        + ": numbers can differ in their last digits from an uninterrupted run's")
            }
        }
        return remarks
    }

    /// How scores are measured otherwise than an older version of lethe did; nil if they are not.
    private func measuringChanges(_ study: Study) -> String? {
        guard let identity = point.identity else { return nil }
        let (old, new) = (identity.evaluation ?? [:], study.measuredBy)
        let changes = Set(old.keys).union(new.keys).sorted().compactMap { key in
            Self.change(key, old[key] ?? "untold", new[key] ?? "untold")
        }
        guard !changes.isEmpty else { return nil }
        return "scores are measured otherwise than before, for another version of lethe began the "
            + "run: \(changes.joined(separator: "; ")). What was measured until here and from here "
            + "on cannot be compared"
    }
}

/// What a run was started with is not what is there now.
struct RunChanged: Error, CustomStringConvertible {
    let path: String
    let changes: [String]

    var description: String {
        "\(path): cannot go on as if nothing had happened, for what the run was started with has "
            + "changed: \(changes.joined(separator: "; ")). Put back what was there, or start a new "
            + "run; nothing was changed in this one"
    }
}
