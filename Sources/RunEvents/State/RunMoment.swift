/// A moment of a run, by what has been told before it: a run that is repeated from a checkpoint comes
/// by it again.
package struct RunMoment: Sendable, Codable, Hashable, Comparable {
    /// Steps of all arms together.
    package var steps: Int
    /// What has been told since those steps were done.
    package var events: Int

    package init(steps: Int, events: Int) {
        self.steps = steps
        self.events = events
    }

    /// Whether one moment comes before another.
    package static func < (left: RunMoment, right: RunMoment) -> Bool {
        (left.steps, left.events) < (right.steps, right.events)
    }
}

/// Follows through the events of a run where its arms are.
package struct RunPosition: Codable, Sendable, Equatable {
    /// The newest step of each arm that has been told.
    package private(set) var steps: [String: Int] = [:]
    /// The trajectories of the study's arms.
    private var trajectories: [String: Set<String>] = [:]
    /// The moment after the events that were taken.
    package private(set) var moment = RunMoment(steps: 0, events: 0)

    package init() {}

    /// The newest step that has been told of a trajectory; of a study's arm or without a name, of the
    /// trajectory that is furthest.
    package func step(of arm: String?) -> Int {
        guard let arm else { return steps.values.max() ?? 0 }
        return steps[arm] ?? trajectories[arm]?.compactMap { steps[$0] }.max() ?? 0
    }

    /// Whether no arm has moved past its checkpoint.
    package func isSettled(at checkpoints: [String: Int]) -> Bool {
        steps.allSatisfy { arm, step in step <= checkpoints[arm] ?? 0 }
    }

    /// Takes the next event.
    package mutating func take(_ event: RunEvent) {
        switch event {
        case .observed(let seen): reach(seen.arm, seen.step)
        case .armChanged(let arm, _, let step): reach(arm, step)
        case .checkpointSaved(let arm, let step, _, _): reach(arm, step)
        case .command(let request, .applied, let step):
            if let arm = request.arm { reach(arm, step) }
        case .started(let run):
            for arm in run.arms {
                if let name = arm.studyArm { trajectories[name, default: []].insert(arm.name) }
            }
        case .items, .scored, .command, .progress, .notice, .resumed, .finished: break
        }
        if event.comesAgain { moment.events += 1 }
    }

    private mutating func reach(_ arm: String, _ step: Int) {
        guard step > steps[arm, default: 0] else { return }
        steps[arm] = step
        moment = RunMoment(steps: steps.values.saturatingSum, events: 0)
    }
}

extension RunEvent {
    /// Whether a run that is repeated from a checkpoint tells the event again.
    ///
    /// The turn at which an arm stood is taken up silently; an end and what led to it do not come.
    fileprivate var comesAgain: Bool {
        switch self {
        case .observed, .checkpointSaved: true
        case .armChanged(_, let state, _): state != .waiting && state != .training
        case .command(let request, _, _): request.command != .quit
        case .started, .items, .scored, .progress, .notice, .resumed, .finished: false
        }
    }
}
