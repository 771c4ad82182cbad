import Datasets
import Foundation
import Testing

@Suite struct SeededRandomTests {
    @Test("seed 1234567 gives the published SplitMix64 sequence")
    func publishedSequence() {
        var random = SeededRandom(seed: 1_234_567)
        let drawn = (0..<5).map { _ in random.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("uniform numbers stay below the bound and are even")
    func uniformIsEven() {
        var random = SeededRandom(seed: 3)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 { counts[random.uniform(below: 6)] += 1 }
        let farthest = counts.map { abs($0 - 1000) }.max()
        #expect((farthest ?? 6000) < 120)
    }

    @Test("a shuffle is a permutation that depends on the seed alone")
    func shuffle() {
        var first = SeededRandom(seed: 9)
        var second = SeededRandom(seed: 9)
        let shuffled = first.shuffled(0..<50)
        #expect(shuffled == second.shuffled(0..<50))
        #expect(shuffled != Array(0..<50))
        #expect(shuffled.sorted() == Array(0..<50))
    }

    @Test("a decoded copy continues the sequence")
    func continuesAfterDecoding() throws {
        var random = SeededRandom(seed: .max)
        _ = random.next()
        let data = try JSONEncoder().encode(random)
        var copy = try JSONDecoder().decode(SeededRandom.self, from: data)
        #expect(copy.next() == random.next())
    }
}
