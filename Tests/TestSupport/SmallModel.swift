package import Models
internal import Tensors

/// A model small enough for finite differences, with grouped queries and a width that no vector
/// register divides.
package let smallConfiguration = ModelConfiguration(
    hiddenSize: 20, intermediateSize: 28, layerCount: 2, headCount: 4, kvHeadCount: 2, headSize: 6,
    vocabularySize: 23, maxSequenceLength: 32, tiesEmbeddings: true)

/// A small model whose weights are large enough to make its predictions differ.
package func smallModel(
    _ configuration: ModelConfiguration = smallConfiguration, seed: UInt64 = 7,
    deviation: Float = 0.4
) throws -> Transformer {
    var generator = SmallGenerator(state: seed)
    let model = try Transformer.initialised(configuration, using: &generator)
    for parameter in model.parameters where !parameter.name.hasSuffix("norm.weight") {
        parameter.fillNormal(deviation: deviation, using: &generator)
    }
    return model
}

/// A generator whose numbers are the same at every run.
package struct SmallGenerator: RandomNumberGenerator {
    package var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
