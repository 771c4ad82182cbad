import TestSupport
import Testing
import Training

@Suite struct LearningRateScheduleTests {
    private func factors(
        _ shape: LearningRateSchedule.Shape, warmup: Int, total: Int, floor: Double = 0.1,
        at steps: [Int]
    ) -> [Double] {
        let schedule = LearningRateSchedule(
            shape: shape, warmupSteps: warmup, totalSteps: total, floor: floor)
        return steps.map(schedule.factor(at:))
    }

    @Test(
        "the warm-up rises in equal parts to the peak",
        arguments: LearningRateSchedule.Shape.allCases)
    func warmup(shape: LearningRateSchedule.Shape) {
        expectClose(
            factors(shape, warmup: 4, total: 10, at: [0, 1, 2, 3, 4]), [0.25, 0.5, 0.75, 1, 1])
        #expect(factors(shape, warmup: 0, total: 10, at: [0]) == [1])
    }

    @Test("each shape falls as it says and stays at the floor")
    func shapes() {
        let steps = [2, 6, 10, 11, 1000]
        expectClose(factors(.constant, warmup: 2, total: 10, at: steps), [1, 1, 1, 1, 1])
        expectClose(factors(.linear, warmup: 2, total: 10, at: steps), [1, 0.55, 0.1, 0.1, 0.1])
        expectClose(factors(.cosine, warmup: 2, total: 10, at: steps), [1, 0.55, 0.1, 0.1, 0.1])
        // A quarter of the way the cosine is still high: (1 + √½) / 2.
        expectClose(
            factors(.cosine, warmup: 0, total: 8, floor: 0, at: [2]), [0.853_553_390_593_273_8])
        expectClose(factors(.linear, warmup: 0, total: 8, floor: 0, at: [2, 8]), [0.75, 0])
    }

    @Test("one step, or a warm-up as long as the training, gives factors between 0 and 1")
    func corners() {
        for shape in LearningRateSchedule.Shape.allCases {
            #expect(factors(shape, warmup: 0, total: 1, at: [0]) == [1])
            for (warmup, total) in [(1, 1), (10, 10), (20, 10)] {
                let all = factors(shape, warmup: warmup, total: total, at: Array(0..<40))
                #expect(all.allSatisfy { $0 > 0 && $0 <= 1 })
                #expect(all[warmup - 1] == 1)
            }
        }
    }
}
