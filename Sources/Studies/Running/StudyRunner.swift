package import RunEvents
internal import Tensors

/// Runs a study: the arms take turns slice by slice, so that all curves grow together.
///
/// Everything that happens is told to the sinks as events; commands are taken between steps. The
/// result depends on the study alone, and on the commands and the steps at which they took effect.
package final class StudyRunner {
    private let prepared: PreparedStudy
    private let checkpoints: any CheckpointStore
    private let commands: CommandQueue
    private let stop: StopToken
    private let sinks: () throws -> [any RunEventSink]
    private let arena = Arena()

    /// - Parameters:
    ///   - prepared: The study with its data.
    ///   - sinks: Told of every event, in order; asked for only when the arms, with all that was
    ///     stored of them, are in memory, so that nothing on disk is changed for a run that cannot go
    ///     on.
    ///   - checkpoints: Where the arms' states go.
    ///   - commands: What the user asks for.
    ///   - stop: Ends the run early.
    package init(
        _ prepared: PreparedStudy, sinks: @autoclosure @escaping () throws -> [any RunEventSink],
        checkpoints: any CheckpointStore, commands: CommandQueue, stop: StopToken
    ) {
        self.prepared = prepared
        self.sinks = sinks
        self.checkpoints = checkpoints
        self.commands = commands
        self.stop = stop
    }

    /// Trains and evaluates until every arm is done or the run is stopped.
    ///
    /// - Parameters:
    ///   - run: The run's name.
    ///   - continuation: Where to go on, for an interrupted run.
    /// - Returns: How the run ended; also told as the last event.
    /// - Throws: What a sink or the store throws, after telling it as the last event to every sink
    ///   that can take it; the run can be resumed. Before that `TensorError.outOfMemory`, and what is
    ///   wrong with the stored state, of which no sink is told.
    package func run(_ run: String, continuing continuation: Continuation? = nil) throws
        -> RunOutcome
    {
        let arms = try arms(continuing: continuation)
        let intake = CommandIntake(commands, continuing: continuation)
        let journal = RunJournal(sinks: try sinks(), intake: intake, continuing: continuation)
        do {
            var session = StudySession(
                prepared: prepared, arms: arms, arena: arena, journal: journal,
                checkpoints: checkpoints, stop: stop, desk: CommandDesk(intake: intake))
            try session.begin(run: run, continuing: continuation)
            let outcome = try session.trainArms()
            try session.conclude(outcome)
            return outcome
        } catch is RunAbandoned {
            return .interrupted
        } catch {
            journal.emitFailure(error)
            throw error
        }
    }

    private func arms(continuing continuation: Continuation?) throws -> [ArmRun] {
        let study = prepared.study
        return try study.trajectories.map { settings in
            let arm = try ArmRun(settings, prepared: prepared, arena: arena)
            if let point = continuation?.arms[arm.name] {
                try arm.restore(point, from: checkpoints, study.evaluation)
            }
            return arm
        }
    }
}
