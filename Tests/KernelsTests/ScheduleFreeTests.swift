import Kernels
import TestSupport
import Testing

@Suite struct ScheduleFreeTests {
    private func settings(step: Int, weight: Float) -> ScheduleFreeStep {
        var settings = ScheduleFreeStep(
            learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight: weight,
            step: step)
        settings.weightDecay = 0.1
        settings.gradientScale = step.isMultiple(of: 3) ? 0.25 : 1
        return settings
    }

    @Test(
        "y, z and x after twenty steps are those of x and z kept in double precision",
        arguments: raggedSizes)
    func twentySteps(count: Int) {
        var random = RandomArrays(seed: 31)
        var y = random.floats(count)
        var z = y
        var second = [Float](repeating: 0, count: count)
        var expected = y.map { Reference.ScheduleFreeState(value: Double($0)) }
        for step in 1...20 {
            let gradient = random.floats(count, bound: step == 4 ? 0 : 3)
            let settings = settings(step: step, weight: 1 / Float(step))
            settings.apply(to: &y, gradient: gradient, z: &z, secondMoment: &second, count: count)
            for i in 0..<count {
                expected[i] = Reference.scheduleFree(
                    expected[i], gradient: Double(gradient[i]), settings: settings)
            }
        }
        let beta1 = Double(Float(0.9))
        expectClose(doubles(z), expected.map(\.z), relative: 2e-6, absolute: 4e-6)
        expectClose(doubles(second), expected.map(\.second), relative: 1e-5)
        expectClose(doubles(y), expected.map { $0.y(beta1: beta1) }, relative: 2e-6, absolute: 4e-6)
        ScheduleFreeStep.average(&y, z: z, beta1: 0.9, count: count)
        expectClose(doubles(y), expected.map(\.x), relative: 2e-6, absolute: 4e-6)
    }

    @Test("after the first step the average is z alone")
    func firstStep() {
        var random = RandomArrays(seed: 32)
        var (y, second) = (random.floats(40), [Float](repeating: 0, count: 40))
        var z = y
        settings(step: 1, weight: 1).apply(
            to: &y, gradient: random.floats(40), z: &z, secondMoment: &second, count: 40)
        expectClose(doubles(y), doubles(z), relative: 1e-6, absolute: 1e-6)
    }

    @Test("the bits do not depend on the number of threads")
    func threads() {
        let count = 50_001
        let runs = withThreads {
            var random = RandomArrays(seed: 33)
            var (y, z) = (random.floats(count), random.floats(count))
            var second = random.floats(count).map { $0 * $0 }
            settings(step: 3, weight: 0.3).apply(
                to: &y, gradient: random.floats(count), z: &z, secondMoment: &second, count: count)
            ScheduleFreeStep.average(&y, z: z, beta1: 0.9, count: count)
            return bits(y + z + second)
        }
        #expect(runs[0] == runs[1] && runs[0] == runs[2])
    }
}
