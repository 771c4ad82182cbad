import Kernels
import TestSupport
import Testing

@Suite struct LionTests {
    private func settings(step: Int) -> LionStep {
        LionStep(
            learningRate: 0.01, beta1: 0.9, beta2: 0.95, decay: 0.001,
            gradientScale: step.isMultiple(of: 3) ? 0.25 : 1)
    }

    @Test("ten steps equal those in double precision", arguments: raggedSizes)
    func tenSteps(count: Int) {
        var random = RandomArrays(seed: 21)
        var values = random.floats(count)
        var momentum = [Float](repeating: 0, count: count)
        var expected = values.map { (value: Double($0), momentum: 0.0) }
        for step in 1...10 {
            let gradient = random.floats(count, bound: step == 4 ? 0 : 3)
            let settings = settings(step: step)
            settings.apply(to: &values, gradient: gradient, momentum: &momentum, count: count)
            for i in 0..<count {
                expected[i] = Reference.lion(
                    expected[i], gradient: Double(gradient[i]), settings: settings)
            }
        }
        expectClose(doubles(values), expected.map(\.value), relative: 2e-6, absolute: 2e-6)
        expectClose(doubles(momentum), expected.map(\.momentum), relative: 1e-5, absolute: 1e-6)
    }

    @Test("every step has the size of the learning rate, and none where nothing points anywhere")
    func sign() {
        var values: [Float] = [1, 1, 1, 1]
        var momentum: [Float] = [0, 0, 1, -1]
        LionStep(learningRate: 0.25, beta1: 0.5, beta2: 0.75, decay: 0, gradientScale: 1)
            .apply(to: &values, gradient: [1e-30, 0, -1, 0], momentum: &momentum, count: 4)
        #expect(values == [0.75, 1, 1, 1.25])
        #expect(momentum == [0.25e-30, 0, 0.5, -0.75])
    }

    @Test("the bits do not depend on the number of threads")
    func threads() {
        let runs = withThreads {
            var random = RandomArrays(seed: 22)
            var (values, momentum) = (random.floats(50_001), random.floats(50_001))
            settings(step: 3).apply(
                to: &values, gradient: random.floats(50_001), momentum: &momentum, count: 50_001)
            return bits(values + momentum)
        }
        #expect(runs[0] == runs[1] && runs[0] == runs[2])
    }
}
