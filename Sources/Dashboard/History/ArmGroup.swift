import RunEvents

/// The trajectories of one arm of a study: one for each of its seeds, in the study's order.
///
/// They share the arm's letter and hue.
struct ArmGroup: Sendable {
    /// At least one.
    let seeds: [ArmRecord]

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

    var letter: Unicode.Scalar { seeds[0].letter }
    var color: CellColor { .arm(seeds[0].index) }

    /// The curve that stands for the arm: a single seed's own, or the mean over the seeds.
    func curve(of choice: MetricChoice) -> Curve? {
        let curves = seeds.compactMap { $0.series(of: choice) }
        guard seeds.count > 1 else { return curves.first }
        return curves.count == seeds.count ? Curve(meanOf: curves) : nil
    }
}
