import RunEvents

/// One arm on the screen: what its run has said of it, and how it is drawn.
///
/// Many lists have it, so it is kept once.
@dynamicMemberLookup
final class ArmRecord: Sendable {
    /// How an arm is told from the others on the screen.
    struct Mark: Sendable, Equatable {
        /// The arm's name, or `<number of the run>/<name>` where several runs are shown.
        var name: String
        /// The arm of the study that this is a seed of; its own name if there is no other seed.
        var studyArm: String
        /// The run it belongs to, counted from 0.
        var run: Int
        /// The study arm's place among those on the screen; decides the colour.
        var index: Int
        /// The study arm's letter, for places where a name does not fit and colour is not enough.
        var letter: Unicode.Scalar
    }

    let mark: Mark
    let trajectory: TrajectoryState

    init(mark: Mark, trajectory: TrajectoryState) {
        (self.mark, self.trajectory) = (mark, trajectory)
    }

    subscript<Value>(dynamicMember path: KeyPath<TrajectoryState, Value>) -> Value {
        trajectory[keyPath: path]
    }

    var name: String { mark.name }
    var studyArm: String { mark.studyArm }
    var run: Int { mark.run }
    var index: Int { mark.index }
    var letter: Unicode.Scalar { mark.letter }

    var plannedSteps: Int { max(0, trajectory.identity?.plannedSteps ?? 0) }

    /// Steps done as a share of those planned.
    var share: Double {
        if trajectory.state == .finished { return 1 }
        return plannedSteps > 0 ? min(1, Double(trajectory.step) / Double(plannedSteps)) : 0
    }

    /// Method and rank: `lora r16`.
    var method: String {
        guard let identity = trajectory.identity else { return "" }
        return identity.rank.map { "\(identity.method) r\($0)" } ?? identity.method
    }

    /// Parameters that receive gradients as a share of all.
    var trainableShare: Double? {
        guard let identity = trajectory.identity, identity.totalParameters > 0 else { return nil }
        return Double(identity.trainableParameters) / Double(identity.totalParameters)
    }

    /// Tokens per second of training, as last reported.
    var speed: Double? {
        if trajectory.tokensPerSecond > 0 { return trajectory.tokensPerSecond }
        return trajectory.curve(.tokensPerSecond)?.latest?.value
    }

    /// The curve that a choice of metric stands for, if this arm has it.
    func series(of choice: MetricChoice) -> Curve? {
        trajectory.curve(choice.kind, choice.metric, task: choice.task)
    }
}
