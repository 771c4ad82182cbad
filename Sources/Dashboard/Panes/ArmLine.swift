/// What a line of the arms' lists is about, by name: an arm with all of its trajectories, or a trajectory.
///
/// Names alone do not tell: an arm that got its further seeds later has a trajectory of its own name.
enum ArmLine: Hashable, Sendable {
    case arm(String)
    case trajectory(String)

    var name: String {
        switch self {
        case .arm(let name), .trajectory(let name): name
        }
    }

    /// Whether a trajectory is it, or a part of it.
    func holds(_ arm: ArmRecord) -> Bool {
        switch self {
        case .arm(let name): arm.studyArm == name
        case .trajectory(let name): arm.name == name
        }
    }
}
