internal import Kernels
package import Tensors

/// One layer: attention and gated MLP, each behind a norm and a residual connection.
package final class TransformerBlock {
    package let attentionNorm: Parameter
    package let mlpNorm: Parameter
    private let projections: [Linear]

    /// - Parameter parameter: Gives the parameter of a name within the block.
    init(parameter: (_ name: String) throws -> Parameter) rethrows {
        attentionNorm = try parameter("input_layernorm.weight")
        projections = try Projection.allCases.map {
            Linear(weight: try parameter("\($0.path).weight"))
        }
        mlpNorm = try parameter("post_attention_layernorm.weight")
    }

    package subscript(projection: Projection) -> Linear {
        switch projection {
        case .q: projections[0]
        case .k: projections[1]
        case .v: projections[2]
        case .o: projections[3]
        case .gate: projections[4]
        case .up: projections[5]
        case .down: projections[6]
        }
    }

    /// The block's weights in the order of the forward pass.
    package var parameters: [Parameter] {
        [attentionNorm] + projections.prefix(4).map(\.weight) + [mlpNorm]
            + projections.suffix(3).map(\.weight)
    }

    func forward(_ x: Tensor, layer: Int, context: ForwardContext, on tape: Tape) -> Tensor {
        let afterAttention = tape.scope(consuming: x) {
            let normed = tape.rmsNorm(x, gain: attentionNorm, epsilon: context.epsilon)
            let mixed = attention(normed, layer: layer, context: context, on: tape)
            let output = self[.o](mixed, on: tape)
            tape.add(x, into: output)
            return output
        }
        return tape.scope(consuming: afterAttention) {
            let normed = tape.rmsNorm(afterAttention, gain: mlpNorm, epsilon: context.epsilon)
            let gate = self[.gate](normed, on: tape)
            let up = self[.up](normed, on: tape)
            tape.forget(normed)
            let product = tape.swiGLU(gate: gate, up: up)
            let output = self[.down](product, on: tape)
            tape.forget(product)
            tape.add(afterAttention, into: output)
            return output
        }
    }

    private func attention(
        _ normed: Tensor, layer: Int, context: ForwardContext, on tape: Tape
    ) -> Tensor {
        let q = self[.q](normed, on: tape)
        let k = self[.k](normed, on: tape)
        let v = self[.v](normed, on: tape)
        tape.forget(normed)
        switch context.rows {
        case .sequences(let layout):
            tape.rotate(q, positions: layout.positions, table: context.rotary)
            tape.rotate(k, positions: layout.positions, table: context.rotary)
            return tape.attention(q: q, k: k, v: v, layout: layout, shape: context.shape)
        case .cached(let cache, let slots, let positions):
            tape.rotate(q, positions: positions, table: context.rotary)
            tape.rotate(k, positions: positions, table: context.rotary)
            return tape.cachedAttention(
                q: q, k: k, v: v, cache: cache.layers[layer], slots: slots, shape: context.shape)
        }
    }
}

/// What all blocks of one forward pass share.
struct ForwardContext {
    /// How the rows of the batch see one another.
    enum Rows {
        case sequences(SequenceLayout)
        case cached(KVCache, slots: [CacheSlot], positions: [Int32])
    }

    let rows: Rows
    let rotary: RotaryTable
    let shape: AttentionShape
    let epsilon: Float
}
