import RunEvents

/// The trajectories of one arm of a study: one for each of its rates and seeds, in the study's order.
///
/// They share the arm's letter and hue.
struct ArmGroup: Sendable {
    /// At least one.
    let trajectories: [ArmRecord]

    /// The arms that belong together, in the order in which the first of each stands in `arms`.
    static func groups(of arms: [ArmRecord]) -> [ArmGroup] {
        var places: [String: Int] = [:]
        var groups: [[ArmRecord]] = []
        for arm in arms {
            if let place = places[arm.studyArm] {
                groups[place].append(arm)
            } else {
                places[arm.studyArm] = groups.count
                groups.append([arm])
            }
        }
        return groups.map(ArmGroup.init)
    }

    var letter: Unicode.Scalar { trajectories[0].letter }
    var color: CellColor { .arm(trajectories[0].index) }

    /// The curve that stands for the arm: a single seed's own, or the mean over all.
    func curve(of choice: MetricChoice) -> Curve? {
        let curves = trajectories.compactMap { $0.series(of: choice) }
        guard trajectories.count > 1 else { return curves.first }
        return curves.count == trajectories.count ? Curve(meanOf: curves) : nil
    }
}
