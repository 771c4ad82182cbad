package import Adapters
package import Models

/// The keys of MoRA.
package struct MoRASettings: Sendable, Equatable {
    /// `rank`: the rank of the LoRA with as many parameters, 1 or more.
    package var rank: Int
    /// `operator`: truncation, sharing, sharing-contiguous, decouple or rotation; rotation by
    /// default.
    package var kind: MoRAOperator
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: StudySection) {
        rank = arm.integer("rank", in: 1...65_536)
        kind = arm.choice("operator", default: .rotation)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        [
            ("rank", String(rank)), ("operator", kind.rawValue), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }

    var mora: MoRA {
        MoRA(rank: rank, kind: kind, dropout: dropout, targets: Set(targets))
    }
}
