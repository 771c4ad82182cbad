internal import Foundation
internal import RunEvents
internal import Training
internal import Verdicts

/// Saves trajectories at the end of every turn, so that an interruption takes back at most one slice of
/// each, and removes the checkpoints that nobody needs any more.
struct CheckpointKeeper {
    let store: any CheckpointStore
    let study: Study

    /// Saves an arm, unless its present step is saved.
    ///
    /// - Parameters:
    ///   - arm: Which.
    ///   - trainer: What trains it.
    ///   - arms: All of the run.
    ///   - journal: Is told.
    /// - Throws: An error of the store or of a sink.
    func save(
        _ arm: ArmRun, _ trainer: Trainer, among arms: [ArmRun], _ journal: RunJournal
    ) throws {
        guard arm.checkpointStep != arm.step else { return }
        let saved = try store.save(arm: arm.name, step: arm.step) { folder in
            try Checkpoint.write(trainer, to: folder)
        }
        arm.didSave()
        try journal.emit(
            .checkpointSaved(
                arm: arm.name, step: arm.step, path: saved.path, bytes: saved.bytes))
        try removeOld(of: arm, among: arms, journal)
    }

    /// Checkpoints go only when every arm stands at its newest one: until then a run that is
    /// interrupted has to go on from them.
    private func removeOld(
        of arm: ArmRun, among arms: [ArmRun], _ journal: RunJournal
    ) throws {
        guard arms.allSatisfy(\.isSaved) else { return }
        let wanted = journal.budget?.step(of: arm.name)
        for step in study.dispensable(try store.steps(arm: arm.name), keeping: wanted) {
            try store.remove(arm: arm.name, step: step)
        }
    }
}

extension Study {
    /// Of the steps at which a trajectory was saved, ascending, those whose checkpoints can go.
    ///
    /// The newest stays, for the run goes on from it, and `checkpoint.keep` of those that last.
    ///
    /// - Parameters:
    ///   - saved: The steps.
    ///   - wanted: One that stays too, whatever it is: that of the study's budget.
    /// - Returns: Some of the steps.
    func dispensable(_ saved: [Int], keeping wanted: Int? = nil) -> [Int] {
        let lasting = saved.filter(lasts).suffix(checkpoints.keep)
        return saved.dropLast().filter { $0 != wanted && !lasting.contains($0) }
    }

    /// Whether a checkpoint is there for more than going on: it was made out of turn or at the end,
    /// or is the first since a multiple of `checkpoint.every`.
    private func lasts(_ step: Int) -> Bool {
        guard evaluation.isPoint(step) else { return true }
        return step / checkpoints.every > evaluation.point(before: step) / checkpoints.every
    }
}
