internal import Adapters
package import Models

/// The keys of VeRA.
package struct VeRASettings: Sendable, Equatable {
    /// `rank`, 1 or more; it may be larger than a layer.
    package var rank: Int
    /// `init`: where the scales of the inner dimension start; 0.1 by default.
    package var start: Double
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: StudySection) {
        rank = arm.integer("rank", in: 1...65_536)
        start = arm.number("init", default: 0.1, .positive)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        [
            ("rank", String(rank)), ("init", String(start)), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }

    var vera: VeRA {
        VeRA(rank: rank, start: start, dropout: dropout, targets: Set(targets))
    }
}
