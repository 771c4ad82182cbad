package import Adapters
package import Models
internal import Settings

/// The keys of MoRA.
package struct MoRASettings: AdapterSettings, Sendable, Equatable {
    /// `rank`: the rank of the LoRA with as many parameters; or `match`.
    package var size: AdapterSize
    /// `operator`: truncation, sharing, sharing-contiguous, decouple or rotation; rotation by
    /// default.
    package var kind: MoRAOperator
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: SettingsSection) {
        size = AdapterSize(arm)
        kind = arm.choice("operator", default: .rotation)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        [
            size.key, ("operator", kind.rawValue), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }

    var mora: MoRA {
        MoRA(rank: size.rankOrSmallest, kind: kind, dropout: dropout, targets: Set(targets))
    }
}
