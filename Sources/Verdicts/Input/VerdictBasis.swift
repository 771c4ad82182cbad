internal import RunEvents

/// Which points of its trajectories a verdict rests on.
package enum VerdictBasis: String, Codable, Sendable {
    /// All: the learning rates stay after the warm-up.
    case constantRate
    /// All: the optimiser is schedule-free.
    case scheduleFree
    /// All: some rates stay, and some optimisers are schedule-free.
    case constantOrScheduleFree
    /// The ends alone, of runs of several lengths: the learning rates decay.
    case ends
    /// All, for the runs do not tell what their rates do.
    case unknown

    /// - Throws: `VerdictError.mixed`.
    init(of trajectories: [Trajectory]) throws {
        let courses = Set(trajectories.map(\.course))
        if courses.contains(.decaying), courses.count > 1 {
            let decaying = Set(trajectories.filter { $0.course == .decaying }.map(\.arm))
            let others = Set(trajectories.filter { $0.course != .decaying }.map(\.arm))
            throw VerdictError.mixed(decaying: decaying.sorted(), others: others.sorted())
        }
        if courses.contains(nil) {
            self = .unknown
        } else if courses.contains(.decaying) {
            self = .ends
        } else if courses.count > 1 {
            self = .constantOrScheduleFree
        } else {
            self = courses.contains(.scheduleFree) ? .scheduleFree : .constantRate
        }
    }

    /// In a sentence.
    package var words: String {
        switch self {
        case .constantRate: "curves at constant rates, read at every point"
        case .scheduleFree: "schedule-free curves, read at every point"
        case .constantOrScheduleFree:
            "curves at constant rates and schedule-free ones, read at every point"
        case .ends: "ends of runs alone, for their rates decay"
        case .unknown:
            "curves read at every point, though their runs do not tell whether their rates decay"
        }
    }
}

/// Why there can be no verdict.
package enum VerdictError: Error, Equatable, CustomStringConvertible {
    /// Arms whose rates decay beside arms whose rates stay.
    case mixed(decaying: [String], others: [String])
    /// Fewer than two arms of which both axes are measured.
    case nothingToCompare(arms: [String])
    /// Two trajectories of one arm, rate, seed and length.
    case sameTrajectory(String, String)
    /// A level that lies beyond what the trajectories learn.
    case level(Double, from: Double, to: Double)

    package var description: String {
        switch self {
        case .mixed(let decaying, let others):
            "no verdict: of \(decaying.joined(separator: ", ")) only the ends are results, for their "
                + "learning rates decay; of \(others.joined(separator: ", ")) every point is. Compare "
                + "arms with one kind of schedule"
        case .nothingToCompare(let arms):
            "no verdict: it takes two arms to compare"
                + (arms.isEmpty
                    ? ", each with what it learned and what it forgot measured"
                    : ", and there is \(arms.joined(separator: ", ")) alone")
        case .sameTrajectory(let first, let second):
            "no verdict: \(first) and \(second) are the same arm at the same rate with the same seed; "
                + "leave one of them out"
        case .level(let level, let base, let lowest):
            "no verdict at \(NumberText.value(level)): the trajectories go from "
                + "\(NumberText.value(base)) to \(NumberText.value(lowest))"
        }
    }
}
