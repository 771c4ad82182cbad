import Kernels
import TestSupport
import Testing

@Suite struct AdamWTests {
    @Test("ten steps equal those in double precision", arguments: raggedSizes)
    func tenSteps(count: Int) {
        var random = RandomArrays(seed: 12)
        var values = random.floats(count)
        var (first, second) = (
            [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
        )
        var expected = values.map { Reference.AdamWState(value: Double($0)) }
        for step in 1...10 {
            let gradient = random.floats(count, bound: step == 4 ? 0 : 3)
            let settings = AdamWStep(
                learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.001,
                step: step, gradientScale: step.isMultiple(of: 3) ? 0.25 : 1)
            settings.apply(
                to: &values, gradient: gradient, firstMoment: &first, secondMoment: &second,
                count: count)
            for i in 0..<count {
                expected[i] = Reference.adamW(
                    expected[i], gradient: Double(gradient[i]), settings: settings)
            }
        }
        expectClose(doubles(values), expected.map(\.value), relative: 2e-6, absolute: 2e-6)
        expectClose(doubles(first), expected.map(\.first), relative: 1e-5)
        // 1 - 0.999 keeps only 13 of 24 bits, the same ones in the correction of the bias.
        expectClose(doubles(second), expected.map(\.second), relative: 1e-5)
    }

    @Test("without gradient only the decay moves a weight, and late steps stay finite")
    func zeroGradient() {
        var values: [Float] = [2, -4, 0]
        var (first, second) = ([Float](repeating: 0, count: 3), [Float](repeating: 0, count: 3))
        let settings = AdamWStep(
            learningRate: 0.5, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.25,
            step: 1_000_000, gradientScale: 1)
        settings.apply(
            to: &values, gradient: [0, 0, 0], firstMoment: &first, secondMoment: &second, count: 3)
        #expect(values == [1.5, -3, 0])
    }
}
