internal import Kernels
internal import Tensors

/// One layer: attention and MLP, each added to the residual stream, with norms where the design has
/// them.
package final class TransformerBlock {
    /// The linear layers in the order of the forward pass.
    package let projections: [Linear]
    private let attentionNorm: Norm?
    private let attentionResultNorm: Norm?
    private let mlpNorm: Norm?
    private let mlpResultNorm: Norm?
    private let queryNorm: Norm?
    private let keyNorm: Norm?
    private let isParallel: Bool
    private let activation: Activation

    /// A block of parameters that come from a function of their roles, which gives nil for those that
    /// the model does not have.
    init(_ configuration: ModelConfiguration, parameter: (ParameterRole) -> Parameter?) {
        func norm(_ place: NormPlace) -> Norm? {
            Norm(place, of: configuration, parameter: parameter)
        }
        projections = configuration.projections.map { projection in
            guard let weight = parameter(.weight(projection)) else {
                preconditionFailure("a block without \(projection)")
            }
            return Linear(projection, weight: weight, bias: parameter(.bias(projection)))
        }
        attentionNorm = norm(.beforeAttention)
        attentionResultNorm = norm(.afterAttention)
        mlpNorm = norm(.beforeMLP)
        mlpResultNorm = norm(.afterMLP)
        queryNorm = norm(.query)
        keyNorm = norm(.key)
        isParallel = configuration.design.isParallel
        activation = configuration.design.activation
    }

    /// A projection of the block.
    ///
    /// - Precondition: The model has it.
    package subscript(projection: Projection) -> Linear {
        guard let linear = projections.first(where: { $0.projection == projection }) else {
            preconditionFailure("a block without \(projection)")
        }
        return linear
    }

    func forward(_ x: Tensor, context: BlockContext, on tape: Tape) -> Tensor {
        if isParallel {
            return tape.scope(consuming: x) {
                let output = attentionBranch(x, context, on: tape)
                tape.add(x, into: output)
                let other = mlpBranch(x, context, on: tape)
                tape.add(output, into: other)
                return other
            }
        }
        let afterAttention = tape.scope(consuming: x) {
            let output = attentionBranch(x, context, on: tape)
            tape.add(x, into: output)
            return output
        }
        return tape.scope(consuming: afterAttention) {
            let output = mlpBranch(afterAttention, context, on: tape)
            tape.add(afterAttention, into: output)
            return output
        }
    }

    private func attentionBranch(
        _ x: Tensor, _ context: BlockContext, on tape: Tape
    ) -> Tensor {
        let input = attentionNorm?(x, on: tape)
        var (q, k, v) = heads(input ?? x, context, on: tape)
        if let input { tape.forget(input) }
        if let queryNorm, let keyNorm { (q, k) = (queryNorm(q, on: tape), keyNorm(k, on: tape)) }
        let mixed = attention(q, k, v, context, on: tape)
        let output = self[.o](mixed, on: tape)
        return attentionResultNorm?(output, on: tape) ?? output
    }

    private func heads(
        _ input: Tensor, _ context: BlockContext, on tape: Tape
    ) -> (q: Tensor, k: Tensor, v: Tensor) {
        guard let split = context.tables.fusedAttention else {
            let q = self[.q](input, on: tape)
            let k = self[.k](input, on: tape)
            return (q, k, self[.v](input, on: tape))
        }
        let parts = split(self[.qkv](input, on: tape), on: tape)
        return (parts[0], parts[1], parts[2])
    }

    private func attention(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, _ context: BlockContext, on tape: Tape
    ) -> Tensor {
        if let table = context.attention.rotation {
            tape.rotate(q, positions: context.rows.positions, table: table)
            tape.rotate(k, positions: context.rows.positions, table: table)
        }
        let shape = context.attention.shape
        switch context.rows {
        case .sequences(let layout):
            return tape.attention(q: q, k: k, v: v, layout: layout, shape: shape)
        case .cached(let cache, let slots, _):
            return tape.cachedAttention(
                q: q, k: k, v: v, cache: cache.layers[context.layer], slots: slots, shape: shape)
        }
    }

    private func mlpBranch(_ x: Tensor, _ context: BlockContext, on tape: Tape) -> Tensor {
        let input = mlpNorm?(x, on: tape)
        let product = inner(input ?? x, normed: input, context, on: tape)
        let output = self[.down](product, on: tape)
        tape.forget(product)
        return mlpResultNorm?(output, on: tape) ?? output
    }

    /// What the way back of the MLP is applied to.
    private func inner(
        _ input: Tensor, normed: Tensor?, _ context: BlockContext, on tape: Tape
    ) -> Tensor {
        func forgetNormed() { if let normed { tape.forget(normed) } }
        if let split = context.tables.fusedGate {
            let parts = split(self[.gateUp](input, on: tape), on: tape)
            forgetNormed()
            return tape.gated(activation, gate: parts[0], up: parts[1])
        }
        guard projections.contains(where: { $0.projection == .gate }) else {
            let up = self[.up](input, on: tape)
            forgetNormed()
            return tape.activate(activation, up)
        }
        let gate = self[.gate](input, on: tape)
        let up = self[.up](input, on: tape)
        forgetNormed()
        return tape.gated(activation, gate: gate, up: up)
    }
}

/// How the rows of a batch see one another.
enum BatchRows {
    case sequences(SequenceLayout)
    case cached(KVCache, slots: [CacheSlot], positions: [Int32])

    var positions: [Int32] {
        switch self {
        case .sequences(let layout): layout.positions
        case .cached(_, _, let positions): positions
        }
    }
}

/// What a block needs to know of the forward pass.
struct BlockContext {
    let layer: Int
    let rows: BatchRows
    let attention: ForwardTables.Attention
    let tables: ForwardTables
}
