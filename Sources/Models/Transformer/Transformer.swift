internal import Kernels
package import Tensors

/// A Llama-family language model: embedding, blocks, norm, output head.
///
/// Several models may share parameters: an arm with adapters uses the base model's frozen ones,
/// full fine-tuning its own copies.
package final class Transformer {
    package let configuration: ModelConfiguration
    package let embedding: Parameter
    package let blocks: [TransformerBlock]
    package let finalNorm: Parameter
    /// The output head; the embedding table itself when they are tied.
    package let head: Parameter
    /// Added to the embedded tokens in training; nil for none.
    package var embeddingNoise: (any EmbeddingNoise)?
    private let rotary: RotaryTable

    /// A model whose parameters come from a function of their Hugging Face names and shapes.
    package init(
        _ configuration: ModelConfiguration,
        parameter: (_ name: String, _ rows: Int, _ columns: Int) throws -> Parameter
    ) throws {
        let shapes = ParameterShapes(configuration)
        func make(_ name: String) throws -> Parameter {
            let shape = shapes.shape(of: name)
            return try parameter(name, shape.rows, shape.columns)
        }
        self.configuration = configuration
        embedding = try make(ParameterShapes.embedding)
        blocks = try (0..<configuration.layerCount).map { layer in
            try TransformerBlock { try make(ParameterShapes.prefix(ofLayer: layer) + $0) }
        }
        finalNorm = try make(ParameterShapes.finalNorm)
        head = configuration.tiesEmbeddings ? embedding : try make(ParameterShapes.head)
        rotary = try RotaryTable(
            headSize: configuration.headSize, positionCount: configuration.maxSequenceLength,
            theta: configuration.ropeTheta)
    }

    private init(sharing other: Transformer, parameter: (Parameter) throws -> Parameter) throws {
        var made: [ObjectIdentifier: Parameter] = [:]
        func take(_ original: Parameter) throws -> Parameter {
            if let known = made[ObjectIdentifier(original)] { return known }
            let new = try parameter(original)
            made[ObjectIdentifier(original)] = new
            return new
        }
        configuration = other.configuration
        embedding = try take(other.embedding)
        blocks = try other.blocks.map { block in
            let originals = Dictionary(
                uniqueKeysWithValues: block.parameters.map { ($0.name, $0) })
            let prefix = block.attentionNorm.name.dropLast("input_layernorm.weight".count)
            return try TransformerBlock { name in
                guard let original = originals[prefix + name] else {
                    preconditionFailure("a block without \(name)")
                }
                return try take(original)
            }
        }
        finalNorm = try take(other.finalNorm)
        head = try take(other.head)
        rotary = other.rotary
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
        return try Transformer(sharing: self) { parameter in
            copied.contains(ObjectIdentifier(parameter))
                ? try parameter.copy(isTrainable: isTrainable) : parameter
        }
    }

    /// A model with copies of all parameters.
    package func copy(isTrainable: Bool) throws -> Transformer {
        try Transformer(sharing: self) { try $0.copy(isTrainable: isTrainable) }
    }

    /// The model's own parameters, each once, in the order of the forward pass.
    package var parameters: [Parameter] {
        let all = [embedding] + blocks.flatMap(\.parameters) + [finalNorm]
        return head === embedding ? all : all + [head]
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

    private func forward(_ tokens: [Int32], rows: ForwardContext.Rows, on tape: Tape) -> Tensor {
        let context = ForwardContext(
            rows: rows, rotary: rotary,
            shape: AttentionShape(
                heads: configuration.headCount, kvHeads: configuration.kvHeadCount,
                size: configuration.headSize),
            epsilon: Float(configuration.rmsNormEpsilon))
        var x = tape.embedding(tokens, table: embedding)
        if case .sequences(let layout) = rows {
            embeddingNoise?.add(to: x, layout: layout, on: tape)
        }
        for (layer, block) in blocks.enumerated() {
            x = block.forward(x, layer: layer, context: context, on: tape)
        }
        return tape.scope(consuming: x) {
            tape.rmsNorm(x, gain: finalNorm, epsilon: context.epsilon)
        }
    }
}

/// Names and shapes of a model's parameters, as in Hugging Face files.
package struct ParameterShapes {
    package static let embedding = "model.embed_tokens.weight"
    package static let finalNorm = "model.norm.weight"
    package static let head = "lm_head.weight"

    /// Within a layer, below `model.layers.N.`.
    static let inLayer =
        ["input_layernorm.weight", "post_attention_layernorm.weight"]
        + Projection.allCases.map { "\($0.path).weight" }

    private let configuration: ModelConfiguration

    package init(_ configuration: ModelConfiguration) { self.configuration = configuration }

    /// What the name of a parameter of a layer begins with.
    static func prefix(ofLayer layer: Int) -> String { "model.layers.\(layer)." }

    /// [rows, columns] of a parameter; vectors have one row.
    package func shape(of name: String) -> (rows: Int, columns: Int) {
        if name == Self.embedding || name == Self.head {
            return (configuration.vocabularySize, configuration.hiddenSize)
        }
        if let projection = Projection.allCases.first(where: { name.contains("." + $0.path + ".") })
        {
            return configuration.shape(of: projection)
        }
        return (1, configuration.hiddenSize)
    }
}
