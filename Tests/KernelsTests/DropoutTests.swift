import Kernels
import TestSupport
import Testing

@Suite struct DropoutTests {
    private func dropped(_ x: [Float], keep: Float, seed: UInt64) -> [Float] {
        var y = [Float](repeating: .nan, count: x.count)
        Elementwise.dropout(x, into: &y, keep: keep, seed: seed, count: x.count)
        return y
    }

    @Test("kept elements are scaled, and the mask is the reference's", arguments: raggedSizes)
    func equalsReference(count: Int) {
        var random = RandomArrays(seed: 8)
        let x = random.floats(count)
        for seed: UInt64 in [0, 1, 0xDEAD_BEEF_0123_4567] {
            let expected = x.indices.map {
                Reference.dropoutKeeps(UInt64($0), keep: 0.7, seed: seed) ? x[$0] * (1 / 0.7) : 0
            }
            #expect(dropped(x, keep: 0.7, seed: seed) == expected)
        }
    }

    @Test("the share of kept elements is right, for neighbours and for pairs of seeds")
    func statistics() {
        let count = 200_000
        let ones = [Float](repeating: 1, count: count)
        let keep = 0.9
        let masks = [3, 4, 3 << 40].map { seed in
            dropped(ones, keep: Float(keep), seed: UInt64(seed)).map { $0 > 0 }
        }
        // Five standard deviations of a share of independent draws.
        func expectShare(_ hits: Int, of total: Int, _ probability: Double) {
            let deviation = (probability * (1 - probability) / Double(total)).squareRoot()
            #expect(abs(Double(hits) / Double(total) - probability) < 5 * deviation)
        }
        for mask in masks {
            expectShare(mask.count { $0 }, of: count, keep)
            let pairs = zip(mask, mask.dropFirst()).count { !$0 && !$1 }
            expectShare(pairs, of: count - 1, (1 - keep) * (1 - keep))
            let aligned = stride(from: 0, to: count - 64, by: 64).count { !mask[$0] }
            expectShare(aligned, of: (count - 64 + 63) / 64, 1 - keep)
        }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let both = zip(masks[first], masks[second]).count { !$0 && !$1 }
            expectShare(both, of: count, (1 - keep) * (1 - keep))
        }
    }

    @Test("forward and backward have the same mask, whatever the threads; 1 keeps everything")
    func masksAgree() {
        var random = RandomArrays(seed: 9)
        let count = 150_001
        let (x, dy) = (random.floats(count, bound: 1), random.floats(count, bound: 1))
        let masks = withThreads { dropped(x, keep: 0.5, seed: 11).map { $0 != 0 } }
        #expect(masks.allSatisfy { $0 == masks[0] })
        var dx = [Float](repeating: 1, count: count)
        Elementwise.dropout(
            dy, into: &dx, keep: 0.5, seed: 11, accumulate: true, count: count)
        let expected = dy.indices.map { masks[0][$0] ? 1 + dy[$0] * 2 : 1 }
        #expect(dx == expected)
        #expect(dropped(x, keep: 1, seed: 11) == x)
    }
}
