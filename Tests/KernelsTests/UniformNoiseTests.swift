import Kernels
import Testing

@Suite struct UniformNoiseTests {
    private func noise(_ count: Int, seed: UInt64 = 3, threads: Int = 2) -> [Float] {
        Workers.limited(to: threads) {
            var values = [Float](repeating: 1, count: count)
            Elementwise.addUniformNoise(to: &values, bound: 0.5, seed: seed, count: count)
            return values
        }
    }

    @Test("noise depends on the seed and the index alone")
    func determinism() {
        let values = noise(100_000)
        #expect(noise(100_000, threads: 1) == values)
        #expect(noise(70_000) == Array(values.prefix(70_000)))
        #expect(noise(100_000, seed: 4) != values)
    }

    @Test("it is added, evenly from one bound to the other")
    func distribution() {
        let values = noise(100_000)
        var counts = [Int](repeating: 0, count: 10)
        for value in values {
            #expect(value >= 0.5 && value <= 1.5)
            counts[min(9, Int((value - 0.5) * 10))] += 1
        }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }
}
