package import Models
internal import Tensors

/// Full fine-tuning: weights of the model itself are trained, all of them or chosen parts.
///
/// What is trained is copied, the rest is the base's own.
package struct FullFineTuning: FineTuningMethod, Equatable {
    /// A kind of weights.
    package enum Part: String, Sendable, CaseIterable {
        /// The weights of the projections of attention.
        case attention
        /// Those of the MLP.
        case mlp
        /// The norms of the layers, and the final one if all layers take part.
        case norms
        /// Vectors added to projections, where the model has any.
        case biases
        /// The table of token vectors, which is also the head where they are tied.
        case embeddings
        /// An output head of its own.
        case head

        fileprivate init(_ role: ParameterRole) {
            switch role {
            case .embedding: self = .embeddings
            case .head: self = .head
            case .weight(let projection):
                self = projection.group == .attention ? .attention : .mlp
            case .bias: self = .biases
            case .norm, .normBias: self = .norms
            }
        }
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
        if parts.contains(.biases), configuration.design.biases.isEmpty {
            texts.append("the model has no biases: leave them out")
        }
        if parts.contains(.head) && configuration.tiesEmbeddings {
            texts.append("the head of this model is its embedding table: name embeddings")
        }
        return texts.isEmpty ? nil : MethodProblem(.parts, texts.joined(separator: "; "))
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        // All layers are alike.
        let layer = configuration.parameters(ofLayer: configuration.layerCount - 1)
        func count(_ declarations: [ParameterDeclaration]) -> Int {
            declarations.filter { isTrained($0, configuration) }.reduce(0) { $0 + $1.count }
        }
        return layerCount(configuration) * count(layer) + count(configuration.outerParameters)
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        MethodMemory(trains: { isTrained($0, configuration) })
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let chosen = base.parameters { isTrained($0, base.configuration) }
        let model = try base.sharingParameters(copying: chosen, isTrainable: true)
        return FineTunedModel(model: model, trainable: model.parameters.filter(\.isTrainable))
    }

    private func layerCount(_ configuration: ModelConfiguration) -> Int {
        min(lastLayers ?? .max, configuration.layerCount)
    }

    /// Whether a parameter takes part: by its part, and in the layers by its layer.
    private func isTrained(
        _ declaration: ParameterDeclaration, _ configuration: ModelConfiguration
    ) -> Bool {
        let part = Part(declaration.role)
        if let parts, !parts.contains(part) { return false }
        guard let lastLayers else { return true }
        if let layer = declaration.layer { return layer >= configuration.layerCount - lastLayers }
        return parts != nil && part != .norms
    }
}
