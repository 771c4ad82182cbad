import Foundation
import RunEvents
import RunStore
import Studies
import Verdicts

/// Runs of one study, that are judged together.
struct JudgedRuns {
    let folders: [RunFolder]
    /// With the scores of single items.
    let states: [RunState]
    /// What of the runs could not be read.
    let damage: [String]

    /// - Throws: `DifferentRuns`; what makes a run unreadable.
    init(_ paths: [String]) throws {
        folders = try paths.map { try RunFolder.open(URL(filePath: $0)) }
        var damage: [String] = []
        states = try folders.map { folder in
            let run = try RecordedRun.read(folder)
            let items = try StoredItems.read(folder)
            damage += [run.damage?.description, items.damage?.description].compactMap { $0 }
            var state = run.state
            items.add(to: &state)
            return state
        }
        self.damage = damage
        try checkSameStudy()
    }

    /// Compares every run with the first: the study but for its seeds, and the digests of its files.
    private func checkSameStudy() throws {
        guard folders.count > 1, let first = folders.first else { return }
        let attempt = try Self.recorded(first)
        for folder in folders.dropFirst() {
            let other = try Self.recorded(folder)
            let changes =
                try StudyFile.changes(from: attempt.study, to: other.study)
                .filter { !$0.hasPrefix("seeds was ") }
                + attempt.attempt.changes(to: other.attempt.inputs ?? [])
            guard changes.isEmpty else {
                throw DifferentRuns(first: first, second: folder, changes: changes)
            }
        }
    }

    private static func recorded(
        _ folder: RunFolder
    ) throws -> (study: String, attempt: RunAttempt) {
        guard let attempt = try folder.attempts().last(where: { $0.inputs != nil }),
            let study = attempt.study
        else {
            throw DifferentRuns(first: folder, second: nil, changes: [])
        }
        return (study.text, attempt)
    }

    /// The folder of the checkpoint that is best within a budget.
    ///
    /// - Throws: `CheckpointGone`; `RunStoreError` if it cannot be read.
    func checkpoint(
        of place: BudgetReading.Place, budget: Double
    ) throws -> (run: RunFolder, folder: URL) {
        let gone = { CheckpointGone(place: place, kept: $0, budget: budget) }
        for (folder, state) in zip(folders, states) {
            let prefix = folders.count > 1 ? "\(state.identity?.run ?? "")/" : ""
            guard place.trajectory.hasPrefix(prefix) else { continue }
            let name = String(place.trajectory.dropFirst(prefix.count))
            guard state.trajectory(named: name) != nil else { continue }
            let kept = try CheckpointFolder(run: folder, arm: name)
            guard try kept.steps().contains(place.step) else { throw gone(try kept.steps()) }
            return (folder, try kept.stored(step: place.step))
        }
        throw gone([])
    }

    /// What the study allows to be forgotten, in nats per token; nil if it says nothing.
    var budget: Double? { states.lazy.compactMap { $0.identity?.budget }.first }
}

/// Runs that cannot be judged together.
struct DifferentRuns: Error, CustomStringConvertible {
    let first: RunFolder
    /// Nil if already the first does not tell what it was made from.
    let second: RunFolder?
    let changes: [String]

    var description: String {
        guard let second else {
            return "\(first.url.path): does not record what it was made from, so that it cannot be "
                + "judged together with others; judge it by itself"
        }
        return "\(second.url.path) is not a run of the same study as \(first.url.path): "
            + changes.joined(separator: "; ") + ". Judge them one by one"
    }
}

/// The checkpoint that a verdict names is not on disk.
struct CheckpointGone: Error, CustomStringConvertible {
    let place: BudgetReading.Place
    let kept: [Int]
    let budget: Double

    var description: String {
        let steps = kept.map(String.init).joined(separator: ", ")
        return "the checkpoint of \(place.trajectory) at step \(place.step) is not kept"
            + (kept.isEmpty ? "" : "; there are those of steps \(steps)")
            + ". Run the study again with `budget: { forgetting: \(budget) }`, which keeps what is best "
            + "within that budget, or with more checkpoints kept (`checkpoint.every`, "
            + "`checkpoint.keep`)"
    }
}
