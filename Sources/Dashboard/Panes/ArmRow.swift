import RunEvents

/// A line of the arms' lists: an arm with all of its trajectories that are listed, or one trajectory.
struct ArmRow: Sendable {
    /// What the line is about; the trajectories of one arm.
    let group: ArmGroup
    /// Those whose numbers stand for the arm: at its best rate, a seed each.
    let best: ArmGroup
    /// True for a trajectory below the line of its arm.
    let isNested: Bool

    init(_ group: ArmGroup, best: ArmGroup) {
        (self.group, self.best, isNested) = (group, best, false)
    }

    /// A trajectory; with `isNested`, below the line of its arm.
    init(_ trajectory: ArmRecord, isNested: Bool = false) {
        group = ArmGroup(trajectories: [trajectory])
        best = group
        self.isNested = isNested
    }

    var trajectories: [ArmRecord] { group.trajectories }
    /// The one that stands for what all of them share: hue, letter, method.
    var first: ArmRecord { group.trajectories[0] }
    var isArm: Bool { trajectories.count > 1 }
    var studyArm: String { first.studyArm }

    /// What it is about, as the selection knows it.
    var line: ArmLine { isArm ? .arm(studyArm) : .trajectory(first.name) }
    var name: String { line.name }
}

// MARK: - What is true of it

extension ArmRow {
    /// How many of an arm's trajectories have ended: `4/9`.
    var doneText: String {
        isArm ? "\(trajectories.count { $0.state.isFinal })/\(trajectories.count)" : ""
    }

    /// How many seeds the numbers are the mean of, of those at that rate: `2/3`.
    var seedsText: String {
        guard isArm else { return "" }
        let rate = best.trajectories[0].identity?.learningRate
        let planned = trajectories.count {
            $0.identity?.learningRate == rate
                && $0.plannedSteps == best.trajectories[0].plannedSteps
        }
        return "\(best.trajectories.count)/\(planned)"
    }

    var step: Int { trajectories.map(\.step).saturatingSum }
    var plannedSteps: Int { trajectories.map(\.plannedSteps).saturatingSum }
    var stepText: String { plannedSteps > 0 ? "\(step)/\(plannedSteps)" : "\(step)" }

    /// Work done as a share of that planned.
    var share: Double {
        trajectories.reduce(0) { $0 + $1.share } / Double(trajectories.count)
    }

    /// A trajectory's present learning rate; an arm's best one.
    var learningRate: Double? { isArm ? best.trajectories[0].peakLearningRate : first.learningRate }

    /// Tokens per second, the mean over its trajectories.
    var speed: Double? {
        let speeds = trajectories.compactMap(\.speed)
        return speeds.isEmpty ? nil : speeds.reduce(0, +) / Double(speeds.count)
    }

    /// What it is called in a list: below its arm by what tells it from the arm's other trajectories.
    func title(among arm: [ArmRecord]) -> String {
        isNested ? "  " + first.label(among: arm) : name
    }
}

extension ArmRecord {
    /// In what it differs from the others of its arm, rate, length and seed: `lr1.0e-3 n300 s1`.
    func label(among others: [ArmRecord]) -> String {
        guard let own = trajectory.identity else { return name }
        let all = others.compactMap(\.identity)
        func varies<Value: Hashable>(_ part: (ArmIdentity) -> Value) -> Bool {
            Set(all.map(part)).count > 1
        }
        let parts = [
            varies(\.learningRate) ? "lr" + NumberText.exactRate(own.learningRate) : "",
            varies(\.plannedSteps) ? "n\(own.plannedSteps)" : "",
            varies(\.seed) ? "s\(own.seed)" : "",
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? name : parts.joined(separator: " ")
    }
}
