package import Kernels

/// What the blocks of a model compute beyond its sizes; Llama's by default.
package struct ModelDesign: Sendable, Equatable {
    /// What a norm divides by, and what it does with its weight.
    package enum NormKind: Sendable, Equatable {
        /// Root mean square, times an offset and the weight.
        case rms(offset: Float)
        /// Mean and variance, times the weight and plus a bias.
        case layer
    }

    /// What the norms of queries and keys go over.
    package enum HeadNorm: Sendable, Equatable {
        case eachHead, wholeProjection
    }

    /// How queries, keys and values are made.
    package enum AttentionInput: Sendable, Equatable {
        case separate
        /// One projection, all queries first, then all keys, then all values.
        case fused
        /// One projection, head after head, each with its query, key and value.
        case fusedByHead
    }

    /// How an MLP widens a row.
    package enum MLP: Sendable, Equatable {
        case gated
        /// Gates and what they are multiplied with from one projection, the gates first.
        case gatedFused
        case plain
    }

    package var norm = NormKind.rms(offset: 0)
    /// The norms of the branches.
    package var branchNorms: Set<NormPlace> = [.beforeAttention, .beforeMLP]
    package var headNorm: HeadNorm?
    package var attentionInput = AttentionInput.separate
    package var mlp = MLP.gated
    package var activation = Activation.silu
    /// The projections with biases.
    package var biases: Set<Projection> = []
    /// Whether both branches of a block start from its input.
    package var isParallel = false
    /// What products of queries and keys are multiplied by; nil for 1/√headSize.
    package var attentionScale: Double?
    package var attentionSoftCap: Double?
    package var finalSoftCap: Double?
    package var embeddingScale: Double = 1
    /// The kinds of attention that layers have.
    package private(set) var attentionKinds: [AttentionKind]
    /// The kind of each layer; empty where all have the first.
    private var layerKinds: [Int] = []

    /// All layers alike.
    package init(_ attention: AttentionKind) { attentionKinds = [attention] }

    /// - Parameter layers: What each layer does, at least one.
    package init(layers: [AttentionKind]) {
        var kinds: [AttentionKind] = []
        layerKinds = layers.map { kind in
            if let known = kinds.firstIndex(of: kind) { return known }
            kinds.append(kind)
            return kinds.count - 1
        }
        precondition(!kinds.isEmpty, "no layers")
        attentionKinds = kinds
        if kinds.count == 1 { layerKinds = [] }
    }

    /// What a layer does.
    package func attention(ofLayer layer: Int) -> AttentionKind {
        attentionKinds[kind(ofLayer: layer)]
    }

    /// The index of a layer's kind.
    func kind(ofLayer layer: Int) -> Int { layerKinds.isEmpty ? 0 : layerKinds[layer] }

    /// The projections of every block, in the order of the forward pass.
    package var projections: [Projection] {
        let inputs: [Projection] = attentionInput == .separate ? [.q, .k, .v] : [.qkv]
        let inner: [Projection] =
            switch mlp {
            case .gated: [.gate, .up]
            case .gatedFused: [.gateUp]
            case .plain: [.up]
            }
        return inputs + [.o] + inner + [.down]
    }
}

/// What a token sees of those before it, and how positions come in.
package struct AttentionKind: Sendable, Equatable, Hashable {
    /// Nil where queries and keys are not turned.
    package var rotation: Rotation?
    /// How many tokens a token sees, itself included; nil for all.
    package var window: Int?

    package init(rotation: Rotation?, window: Int? = nil) {
        self.rotation = rotation
        self.window = window
    }
}
