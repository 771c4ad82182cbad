package import Models
internal import Tensors

/// Full fine-tuning: weights of the model itself are trained, all of them or chosen parts.
///
/// What is trained is copied, the rest is the base's own.
package struct FullFineTuning: FineTuningMethod, Equatable {
    /// A kind of weights.
    package enum Part: String, Sendable, CaseIterable {
        /// The projections q, k, v and o.
        case attention
        /// The projections gate, up and down.
        case mlp
        /// The norms of the layers, and the final one if all layers take part.
        case norms
        /// Vectors added to projections; no model of this family has any.
        case biases
        /// The table of token vectors, which is also the head where they are tied.
        case embeddings
        /// An output head of its own.
        case head
    }

    /// The parts to train; nil for all that the chosen layers have, and without `lastLayers` for the
    /// whole model.
    package var parts: Set<Part>?
    /// How many of the last layers take part; nil for all of them and what lies around them.
    package var lastLayers: Int?

    package init(parts: Set<Part>? = nil, lastLayers: Int? = nil) {
        self.parts = parts
        self.lastLayers = lastLayers
    }

    package var name: String { "full" }
    package var displayedRank: Int? { nil }

    package func problems(for configuration: ModelConfiguration) -> [MethodProblem] {
        [problemOfLayers(configuration), problemOfParts(configuration)].compactMap { $0 }
    }

    private func problemOfLayers(_ configuration: ModelConfiguration) -> MethodProblem? {
        guard let lastLayers else { return nil }
        let count = configuration.layerCount
        if !(1...count).contains(lastLayers) {
            return MethodProblem(
                .last, "the last \(lastLayers) layers of \(count): use 1 to \(count)")
        }
        guard let parts, !parts.isEmpty,
            parts.isDisjoint(with: [.attention, .mlp, .norms, .biases])
        else { return nil }
        return MethodProblem(
            .last,
            "none of the parts is in a layer: drop `last`, or name attention, mlp or norms too")
    }

    private func problemOfParts(_ configuration: ModelConfiguration) -> MethodProblem? {
        guard let parts else { return nil }
        if parts.isEmpty {
            return MethodProblem(.parts, "nothing is trained: name at least one part")
        }
        var texts: [String] = []
        if parts.contains(.biases) { texts.append("the model has no biases: leave them out") }
        if parts.contains(.head) && configuration.tiesEmbeddings {
            texts.append("the head of this model is its embedding table: name embeddings")
        }
        return texts.isEmpty ? nil : MethodProblem(.parts, texts.joined(separator: "; "))
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        chosenParts(configuration).reduce(0) { $0 + count(of: $1, configuration) }
    }

    private func count(of part: Part, _ configuration: ModelConfiguration) -> Int {
        let layers = layerCount(configuration)
        switch part {
        case .attention, .mlp:
            let shapes = Self.projections(of: part).map { configuration.shape(of: $0) }
            return layers * shapes.reduce(0) { $0 + $1.rows * $1.columns }
        case .norms:
            return (2 * layers + (lastLayers == nil ? 1 : 0)) * configuration.hiddenSize
        case .biases: return 0
        case .embeddings, .head:
            return configuration.vocabularySize * configuration.hiddenSize
        }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let chosen = chosenParts(base.configuration).flatMap { parameters(of: $0, base) }
        let model = try base.sharingParameters(copying: chosen, isTrainable: true)
        return FineTunedModel(model: model, trainable: model.parameters.filter(\.isTrainable))
    }

    private func layerCount(_ configuration: ModelConfiguration) -> Int {
        min(lastLayers ?? .max, configuration.layerCount)
    }

    /// The parts that the model has.
    private func chosenParts(_ configuration: ModelConfiguration) -> Set<Part> {
        if let parts { return parts }
        if lastLayers != nil { return [.attention, .mlp, .norms] }
        let tables: Set<Part> = configuration.tiesEmbeddings ? [.embeddings] : [.embeddings, .head]
        return tables.union([.attention, .mlp, .norms])
    }

    private func parameters(of part: Part, _ base: Transformer) -> [Parameter] {
        let layers = base.blocks.suffix(layerCount(base.configuration))
        switch part {
        case .attention, .mlp:
            return layers.flatMap { block in Self.projections(of: part).map { block[$0].weight } }
        case .norms:
            return layers.flatMap { [$0.attentionNorm, $0.mlpNorm] }
                + (lastLayers == nil ? [base.finalNorm] : [])
        case .biases: return []
        case .embeddings: return [base.embedding]
        case .head: return [base.head]
        }
    }

    private static func projections(of part: Part) -> [Projection] {
        part == .attention ? [.q, .k, .v, .o] : [.gate, .up, .down]
    }
}
