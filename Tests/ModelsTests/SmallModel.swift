import Models

/// A model small enough for finite differences, with grouped queries and a width that no vector
/// register divides.
let smallConfiguration = ModelConfiguration(
    hiddenSize: 20, intermediateSize: 28, layerCount: 2, headCount: 4, kvHeadCount: 2, headSize: 6,
    vocabularySize: 23, maxSequenceLength: 32, tiesEmbeddings: true)

struct SmallGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
