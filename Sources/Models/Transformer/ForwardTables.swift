internal import Kernels
internal import Tensors

/// What all forward passes of a model share beside its parameters.
final class ForwardTables {
    /// One kind of attention.
    struct Attention {
        let rotation: RotaryTable?
        let shape: AttentionShape
    }

    /// Where the parts of a fused projection's result are.
    struct Split {
        let parts: [(routes: ColumnRoutes, columns: Int)]
    }

    let attention: [Attention]
    /// Queries, keys and values; nil where each has a projection.
    let fusedAttention: Split?
    /// Gates and what they are multiplied with; nil where each has a projection.
    let fusedGate: Split?

    init(_ configuration: ModelConfiguration) throws(TensorError) {
        var attention: [Attention] = []
        for kind in configuration.design.attentionKinds {
            attention.append(try Attention(kind, configuration))
        }
        self.attention = attention
        let (query, key) = (configuration.queryWidth, configuration.kvWidth)
        fusedAttention =
            switch configuration.design.attentionInput {
            case .separate: nil
            case .fused: Split(widths: [query, key, key])
            case .fusedByHead:
                Split(heads: configuration.headCount, size: configuration.headSize, parts: 3)
            }
        fusedGate =
            configuration.design.mlp == .gatedFused
            ? Split(widths: [configuration.intermediateSize, configuration.intermediateSize]) : nil
    }
}

extension ForwardTables.Attention {
    fileprivate init(
        _ kind: AttentionKind, _ configuration: ModelConfiguration
    ) throws(TensorError) {
        let design = configuration.design
        if let rotation = kind.rotation {
            self.rotation = try RotaryTable(
                headSize: configuration.headSize, positionCount: configuration.maxSequenceLength,
                frequencies: rotation.frequencies(headSize: configuration.headSize))
        } else {
            rotation = nil
        }
        shape = AttentionShape(
            heads: configuration.headCount, kvHeads: configuration.kvHeadCount,
            size: configuration.headSize, scale: design.attentionScale.map { Float($0) },
            softCap: design.attentionSoftCap.map { Float($0) }, window: kind.window)
    }
}

extension ForwardTables.Split {
    /// Parts one after another.
    fileprivate init(widths: [Int]) {
        var start = 0
        parts = widths.map { width in
            defer { start += width }
            return (ColumnRoutes((0..<width).map { (start + $0, $0) }), width)
        }
    }

    /// As many parts of each head, head after head.
    fileprivate init(heads: Int, size: Int, parts count: Int) {
        parts = (0..<count).map { part in
            let pairs = (0..<heads).flatMap { head in
                (0..<size).map { ((head * count + part) * size + $0, head * size + $0) }
            }
            return (ColumnRoutes(pairs), heads * size)
        }
    }

    /// The parts of a result [rows, all widths].
    func callAsFunction(_ fused: Tensor, on tape: Tape) -> [Tensor] {
        parts.map { tape.route(fused, $0.routes, columns: $0.columns) }
    }
}
