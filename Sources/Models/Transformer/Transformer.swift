internal import Kernels
package import Tensors

/// A language model: embedding, blocks, norm, output head, as its configuration describes them.
///
/// Several models may share parameters: an arm with adapters uses the base model's frozen ones,
/// full fine-tuning its own copies.
package final class Transformer {
    package let configuration: ModelConfiguration
    /// The model's own parameters, each once, in the order of the forward pass.
    package let parameters: [Parameter]
    /// What each of them is, in the same order.
    package let declarations: [ParameterDeclaration]
    package let embedding: Parameter
    package let blocks: [TransformerBlock]
    /// What makes logits of hidden rows; its weight is the embedding table where they are tied.
    package let output: OutputHead
    /// Added to the embedded tokens in training; nil for none.
    package var embeddingNoise: (any EmbeddingNoise)?
    private let finalNorm: Norm
    private let tables: ForwardTables

    /// The output head's weight; the embedding table itself when they are tied.
    package var head: Parameter { output.weight }

    /// A model whose parameters come from a function of their declarations.
    package convenience init(
        _ configuration: ModelConfiguration,
        parameter: (ParameterDeclaration) throws -> Parameter
    ) throws {
        try self.init(configuration, ForwardTables(configuration), parameter: parameter)
    }

    private init(
        _ configuration: ModelConfiguration, _ tables: ForwardTables,
        parameter: (ParameterDeclaration) throws -> Parameter
    ) throws {
        self.configuration = configuration
        self.tables = tables
        declarations = configuration.parameters
        parameters = try declarations.map(parameter)
        let made = Dictionary(
            uniqueKeysWithValues: zip(declarations, parameters).map {
                (Place(layer: $0.layer, role: $0.role), $1)
            })
        func outer(_ role: ParameterRole) -> Parameter? { made[Place(layer: nil, role: role)] }
        blocks = (0..<configuration.layerCount).map { layer in
            TransformerBlock(configuration) { made[Place(layer: layer, role: $0)] }
        }
        guard let embedding = outer(.embedding),
            let finalNorm = Norm(.final, of: configuration, parameter: outer)
        else { preconditionFailure("a model without a table or a norm") }
        self.embedding = embedding
        self.finalNorm = finalNorm
        output = OutputHead(
            outer(.head) ?? embedding, softCap: configuration.design.finalSoftCap.map { Float($0) })
    }

    private struct Place: Hashable {
        let layer: Int?
        let role: ParameterRole
    }

    /// The parameters that a condition holds for.
    package func parameters(where holds: (ParameterDeclaration) -> Bool) -> [Parameter] {
        zip(declarations, parameters).filter { holds($0.0) }.map(\.1)
    }

    /// A model with other parameters in the place of some of this one's.
    private func replacing(_ parameter: (Parameter) throws -> Parameter) throws -> Transformer {
        var rest = parameters[...]
        return try Transformer(configuration, tables) { _ in
            guard let next = rest.popFirst() else { preconditionFailure("a parameter too few") }
            return try parameter(next)
        }
    }

    /// A model that uses this one's parameters, with room for adapters of its own.
    ///
    /// - Parameters:
    ///   - copied: The parameters of which the model gets copies instead.
    ///   - isTrainable: Whether the copies are trained.
    /// - Returns: The model.
    /// - Throws: `TensorError.outOfMemory`.
    package func sharingParameters(
        copying copied: [Parameter] = [], isTrainable: Bool = false
    ) throws -> Transformer {
        let copied = Set(copied.map { ObjectIdentifier($0) })
        return try replacing { parameter in
            copied.contains(ObjectIdentifier(parameter))
                ? try parameter.copy(isTrainable: isTrainable) : parameter
        }
    }

    /// A model with copies of all parameters.
    package func copy(isTrainable: Bool) throws -> Transformer {
        try replacing { try $0.copy(isTrainable: isTrainable) }
    }

    /// The hidden rows before the output head, normalised.
    ///
    /// - Shapes: tokens [rows]; result [rows, hiddenSize].
    package func hidden(_ tokens: [Int32], layout: SequenceLayout, on tape: Tape) -> Tensor {
        forward(tokens, rows: .sequences(layout), on: tape)
    }

    /// The same for new tokens of sequences whose earlier ones are in a cache, which grows.
    package func hidden(
        _ tokens: [Int32], cache: KVCache, slots: [CacheSlot], on tape: Tape
    ) -> Tensor {
        let positions = slots.flatMap { slot in
            (0..<slot.count).map { Int32(slot.past + $0) }
        }
        return forward(
            tokens, rows: .cached(cache, slots: slots, positions: positions), on: tape)
    }

    private func forward(_ tokens: [Int32], rows: BatchRows, on tape: Tape) -> Tensor {
        let design = configuration.design
        var x = tape.embedding(
            tokens, table: embedding, scale: Float(design.embeddingScale),
            padding: configuration.paddingToken.map { Int32($0) })
        if case .sequences(let layout) = rows {
            embeddingNoise?.add(to: x, layout: layout, on: tape)
        }
        for (layer, block) in blocks.enumerated() {
            let context = BlockContext(
                layer: layer, rows: rows, attention: tables.attention[design.kind(ofLayer: layer)],
                tables: tables)
            x = block.forward(x, context: context, on: tape)
        }
        return tape.scope(consuming: x) { finalNorm(x, on: tape) }
    }
}
