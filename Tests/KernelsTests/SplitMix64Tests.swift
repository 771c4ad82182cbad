import Kernels
import Testing

@Suite struct SplitMix64Tests {
    /// The numbers that `SeededRandom` is tested against too.
    private static let published: [UInt64] = [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]

    @Test("seed 1234567 gives the published sequence, from its start or from later on")
    func publishedSequence() {
        for count in 0..<5 {
            var random = SplitMix64(seed: 1_234_567, skipping: count)
            let drawn = (count..<5).map { _ in random.next() }
            #expect(drawn == Array(Self.published[count...]))
        }
    }

    @Test("a number is had by its index")
    func index() {
        let numbers = (0..<5).map { SplitMix64.number($0, seed: 1_234_567) }
        #expect(numbers == Self.published)
    }
}
