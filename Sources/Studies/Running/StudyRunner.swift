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
    private let patience: Duration
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
    ///   - patience: How long a command waits for the end of an evaluation, which then is broken off
    ///     and repeated.
    package init(
        _ prepared: PreparedStudy, sinks: @autoclosure @escaping () throws -> [any RunEventSink],
        checkpoints: any CheckpointStore, commands: CommandQueue, stop: StopToken,
        patience: Duration = .milliseconds(500)
    ) {
        self.prepared = prepared
        self.sinks = sinks
        self.checkpoints = checkpoints
        self.commands = commands
        self.stop = stop
        self.patience = patience
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
        let source = TrainerSource(prepared: prepared, arena: arena, checkpoints: checkpoints)
        let memory = TrajectoryMemory(limit: prepared.study.memory, source: source)
        let arms = try arms(source, memory, continuing: continuation)
        let intake = CommandIntake(commands, continuing: continuation)
        let journal = RunJournal(
            sinks: try sinks(), intake: intake, patience: patience,
            budget: prepared.study.budget?.forgetting, continuing: continuation)
        do {
            var session = StudySession(
                prepared: prepared, journal: journal,
                keeper: CheckpointKeeper(store: checkpoints, study: prepared.study),
                memory: memory, stop: stop, desk: CommandDesk(intake: intake),
                evaluation: ArmEvaluation(prepared, arena: arena, stop: stop),
                arms: arms)
            let outcome =
                try session.begin(run: run, continuing: continuation) ?? session.trainArms()
            try session.conclude(outcome)
            return outcome
        } catch is RunAbandoned {
            return .interrupted
        } catch {
            journal.emitFailure(error)
            throw error
        }
    }

    /// All trajectories, as they are at their beginning or were left.
    ///
    /// Whatever was stored is read once, and of each arm one trajectory is made, so that what cannot
    /// be is found before anything is told.
    private func arms(
        _ source: TrainerSource, _ memory: TrajectoryMemory, continuing continuation: Continuation?
    ) throws -> [ArmRun] {
        let study = prepared.study
        let arms = study.trajectories.map {
            ArmRun($0, trainableCount: source.trainableCount(of: $0))
        }
        var made: Set<String> = []
        for arm in arms {
            if let point = continuation?.arms[arm.name] {
                try arm.restore(point, study.evaluation) { try memory.trainer(of: $0) { arms } }
                if arm.state.isFinal { arm.leaveMemory() }
            } else if made.insert(arm.settings.arm.name).inserted {
                _ = try memory.trainer(of: arm) { arms }
            }
        }
        return arms
    }
}
