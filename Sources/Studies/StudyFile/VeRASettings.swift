internal import Adapters
package import Models
internal import Settings

/// The keys of VeRA.
package struct VeRASettings: AdapterSettings, Sendable, Equatable {
    /// `rank`, which may be larger than a layer, or `match`.
    package var size: AdapterSize
    /// `init`: where the scales of the inner dimension start; 0.1 by default.
    package var start: Double
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: SettingsSection) {
        size = AdapterSize(arm)
        start = arm.number("init", default: 0.1, .positive)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        [
            size.key, ("init", String(start)), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }

    var vera: VeRA {
        VeRA(rank: size.rankOrSmallest, start: start, dropout: dropout, targets: Set(targets))
    }
}
