import RunEvents

/// A trajectory on the plane: of an arm, of one of its seeds, or of their mean.
struct PlaneTrack {
    /// An evaluation: the target loss, and the forgetting at the same step.
    struct Spot: Equatable {
        var loss: Double
        var forgetting: Double
    }

    var pen: DotCanvas.Pen
    var spots: [Spot]
    /// False for a seed whose letter stands at the mean.
    var hasLetter = true

    /// The tracks of the shown arms: one an arm; of an arm with several seeds a faint one each and,
    /// strong, their mean.
    static func tracks(_ scene: Scene) -> [PlaneTrack] {
        scene.shownGroups.flatMap { group in
            let choice = scene.targetLoss
            let seeds = group.seeds.compactMap { arm in
                track(
                    arm.series(of: choice), arm.series(of: .forgetting), group,
                    priority: scene.selection.priority(of: arm))
            }
            guard group.seeds.count > 1 else { return seeds }
            let mean = track(
                group.curve(of: choice), group.curve(of: .forgetting), group,
                priority: group.seeds.map(scene.selection.priority).max() ?? 0)
            return faint(seeds, hasLetter: mean == nil) + [strong(mean)].compactMap { $0 }
        }
    }

    /// The evaluations at which both sides were measured.
    static func spots(of loss: Curve, _ forgetting: Curve) -> [Spot] {
        loss.points.compactMap { point in
            guard let forgotten = forgetting.value(at: point.step), forgotten.isFinite,
                point.value.isFinite
            else { return nil }
            return Spot(loss: point.value, forgetting: forgotten)
        }
    }

    private static func track(
        _ loss: Curve?, _ forgetting: Curve?, _ group: ArmGroup, priority: Int
    ) -> PlaneTrack? {
        guard let loss, let forgetting else { return nil }
        let spots = spots(of: loss, forgetting)
        guard !spots.isEmpty else { return nil }
        let pen = DotCanvas.Pen(color: group.color, letter: group.letter, priority: priority)
        return PlaneTrack(pen: pen, spots: spots)
    }

    private static func faint(_ seeds: [PlaneTrack], hasLetter: Bool) -> [PlaneTrack] {
        seeds.enumerated().map { index, track in
            var track = track
            track.pen.isFaint = true
            track.hasLetter = hasLetter && index == 0
            return track
        }
    }

    private static func strong(_ mean: PlaneTrack?) -> PlaneTrack? {
        var mean = mean
        mean?.pen.isBold = true
        return mean
    }
}
