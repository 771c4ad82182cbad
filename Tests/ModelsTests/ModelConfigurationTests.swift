import Models
import Testing

@Suite struct ModelConfigurationTests {
    @Test("sizes that are fine one by one and together more than can be counted are refused")
    func tooMany() {
        let large = 1 << 24
        let configuration = ModelConfiguration(
            hiddenSize: large, intermediateSize: large, layerCount: large, headCount: large,
            kvHeadCount: large, headSize: large, vocabularySize: large, maxSequenceLength: large)
        #expect(configuration.problems.count == 1)
        #expect(configuration.problems.first?.hasPrefix("the sizes make a model of ") == true)
    }

    @Test("the sizes of a model of 8 billion parameters are sound, and counted exactly")
    func real() {
        let configuration = ModelConfiguration(
            hiddenSize: 4_096, intermediateSize: 14_336, layerCount: 32, headCount: 32,
            kvHeadCount: 8, vocabularySize: 128_256, maxSequenceLength: 131_072,
            tiesEmbeddings: false)
        #expect(configuration.problems.isEmpty)
        #expect(configuration.parameterCount == 8_030_261_248)
    }
}
