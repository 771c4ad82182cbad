/// A linear layer of a block, by its short name.
package enum Projection: String, Codable, Sendable, CaseIterable {
    /// Queries, keys and values, each by itself or all by one layer, and what mixes the heads.
    case q, k, v, qkv, o
    /// The layers of the MLP: what the activation is applied to and what it is multiplied with, each by
    /// itself or both by one layer, and the way back. An MLP without gate has `up` and `down`.
    case gate, up
    case gateUp = "gate_up"
    case down

    /// The part of a block.
    package enum Group: String, Sendable, CaseIterable {
        case attention, mlp

        package var members: Set<Projection> {
            Set(Projection.allCases.filter { $0.group == self })
        }
    }

    package var group: Group {
        switch self {
        case .q, .k, .v, .qkv, .o: .attention
        case .gate, .up, .gateUp, .down: .mlp
        }
    }

    /// Whether its result is added to the residual stream.
    var writesResidual: Bool { self == .o || self == .down }
}
