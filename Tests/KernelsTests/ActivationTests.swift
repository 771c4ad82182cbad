import Kernels
import TestSupport
import Testing

@Suite struct ActivationTests {
    @Test(
        "value and slope equal the reference, near 0 and far from it",
        arguments: Activation.allCases)
    func equalsReference(activation: Activation) {
        var random = RandomArrays(seed: 50)
        let x = random.floats(999, bound: 6) + [0, -0.0, 1e-6, -1e-6, 30, -30, 80, -80]
        var y = [Float](repeating: .nan, count: x.count)
        var slope = y
        activation.values(x, into: &y, slope: &slope, count: x.count)
        let expected = x.map { Reference.activation(activation, Double($0)) }
        expectClose(doubles(y), expected.map(\.value), relative: 2e-6, absolute: 3e-7)
        expectClose(doubles(slope), expected.map(\.slope), relative: 2e-6, absolute: 1e-6)
    }

    @Test("the reference's slopes agree with differences", arguments: Activation.allCases)
    func slopes(activation: Activation) {
        for x in stride(from: -4.0, through: 4, by: 0.37) {
            let (below, above) = (
                Reference.activation(activation, x - 1e-5),
                Reference.activation(activation, x + 1e-5)
            )
            let measured = (above.value - below.value) / 2e-5
            expectClose(
                [Reference.activation(activation, x).slope], [measured], relative: 0, absolute: 1e-8
            )
        }
    }

    @Test("a cap equals the reference, and nothing is beyond it", arguments: [Float(1), 30, 50])
    func softCap(cap: Float) {
        var random = RandomArrays(seed: 51)
        let x = random.floats(333, bound: 4 * cap) + [0, 1e-7, -1e-5, 1e30, -1e30]
        var y = x
        var slope = [Float](repeating: .nan, count: x.count)
        Elementwise.softCap(&y, scale: 0.5, cap: cap, slope: &slope, count: x.count)
        let expected = x.map { Reference.softCap(Double($0), scale: 0.5, cap: Double(cap)) }
        expectClose(doubles(y), expected.map(\.value), relative: 2e-6, absolute: 1e-12)
        expectClose(doubles(slope), expected.map(\.slope), relative: 2e-6, absolute: 3e-7)
        #expect(y.allSatisfy { abs($0) <= cap })
    }
}
