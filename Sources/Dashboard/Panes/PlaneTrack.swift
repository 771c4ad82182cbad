import RunEvents
import Verdicts

/// A line on the plane: of a trajectory, or of what an arm can do at the best of its rates.
struct PlaneTrack {
    /// What was learned, and what was forgotten by then.
    struct Spot: Equatable {
        var learned: Double
        var forgotten: Double
    }

    /// How far the seeds lie apart where so much was learned.
    struct Spread: Equatable {
        var learned: Double
        var low: Double
        var high: Double
    }

    var pen: DotCanvas.Pen
    var spots: [Spot]
    /// Shaded beneath.
    var band: [Spread] = []
    /// False for a trajectory whose letter stands at another line.
    var hasLetter = true

    /// The tracks of the shown arms: of an arm with one trajectory that one; of an arm with several a
    /// thin one each and, strong, its envelope.
    static func tracks(_ scene: Scene, _ axes: PlaneAxes) -> [PlaneTrack] {
        scene.shownGroups.flatMap { group in
            let own = group.trajectories.compactMap { arm in
                track(
                    axes.spots(of: arm.series(of: axes.learned), arm.series(of: axes.forgotten)),
                    group, priority: scene.selection.priority(of: arm))
            }
            guard group.trajectories.count > 1 else { return own }
            let priority = group.trajectories.map(scene.selection.priority).max() ?? 0
            let strong =
                envelope(of: group, scene, priority: priority)
                ?? mean(of: scene.best(of: group), axes, priority: priority)
            return thin(own, hasLetter: strong == nil) + [strong].compactMap { $0 }
        }
    }

    /// What the verdict says of the arm: the mean over seeds of what was forgotten at each level at the
    /// best rate, and its band; nil if it says nothing.
    private static func envelope(
        of group: ArmGroup, _ scene: Scene, priority: Int
    ) -> PlaneTrack? {
        let name = group.trajectories[0].judgedName
        guard let arm = scene.verdict.verdict?.arms.first(where: { $0.arm == name }) else {
            return nil
        }
        let spots = arm.envelope.map { point in
            Spot(
                learned: point.learned,
                forgotten: point.forgotten.reduce(0, +) / Double(point.forgotten.count))
        }
        var track = track(spots, group, priority: priority)
        track?.pen.weight = .strong
        track?.band = arm.envelope.compactMap { point in
            SeedBand.ends(of: point.forgotten).map {
                Spread(learned: point.learned, low: $0.low, high: $0.high)
            }
        }
        return track
    }

    /// Until there is a verdict: the mean over seeds at the best rate.
    private static func mean(
        of group: ArmGroup, _ axes: PlaneAxes, priority: Int
    ) -> PlaneTrack? {
        var track = track(
            axes.spots(of: group.curve(of: axes.learned), group.curve(of: axes.forgotten)), group,
            priority: priority)
        track?.pen.weight = .strong
        return track
    }

    private static func track(_ spots: [Spot], _ group: ArmGroup, priority: Int) -> PlaneTrack? {
        guard !spots.isEmpty else { return nil }
        let pen = DotCanvas.Pen(color: group.color, letter: group.letter, priority: priority)
        return PlaneTrack(pen: pen, spots: spots)
    }

    private static func thin(_ tracks: [PlaneTrack], hasLetter: Bool) -> [PlaneTrack] {
        tracks.enumerated().map { index, track in
            var track = track
            track.pen.weight = .thin
            track.hasLetter = hasLetter && index == 0
            return track
        }
    }
}
