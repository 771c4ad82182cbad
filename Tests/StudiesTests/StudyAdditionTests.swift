import Studies
import Testing

/// Seeds and rates that a run gets later.
@Suite struct StudyAdditionTests {
    private static func adding(
        _ text: String = StudyFileSamples.text, seeds: [UInt64] = [],
        rates: [String: [Double]] = [:]
    ) throws -> Study {
        let study = try StudyFileSamples.parse(text)
        let extended = try study.adding(StudyAddition(seeds: seeds, learningRates: rates))
        let again = try StudyFileSamples.parse(extended.yaml())
        #expect(again == extended)
        #expect(again.trajectories == extended.trajectories)
        return again
    }

    @Test("what was there keeps its name, what is new is named by what is new")
    func names() throws {
        let seeds = try Self.adding(seeds: [0, 1, 2])
        #expect(
            seeds.trajectories.map(\.id)
                == ["full", "full-s1", "full-s2", "lora-r8", "lora-r8-s1", "lora-r8-s2"])
        #expect(seeds.trajectories.map(\.seed) == [0, 1, 2, 0, 1, 2])
        #expect(seeds.trajectories.map(\.round) == [0, 1, 2, 0, 1, 2])
        #expect(seeds.trajectories.map(\.isAdded) == [false, true, true, false, true, true])
        let rates = try Self.adding(rates: ["full": [5e-4, 1e-3]])
        #expect(rates.trajectories.map(\.id) == ["full", "full-lr5e-4", "lora-r8"])
        #expect(rates.trajectories.map(\.learningRate) == [1e-3, 5e-4, 1e-2])
        let both = try Self.adding(
            StudyFileSamples.text + "seeds: [3, 4]\n", seeds: [5], rates: ["lora-r8": [1]])
        #expect(
            both.trajectories.map(\.id) == [
                "full-s3", "full-s4", "full-s5", "lora-r8-s3", "lora-r8-s4", "lora-r8-s5",
                "lora-r8-lr1e0-s3", "lora-r8-lr1e0-s4", "lora-r8-lr1e0-s5",
            ])
    }

    @Test("more can be added again")
    func again() throws {
        let once = try Self.adding(seeds: [1])
        let twice = try once.adding(StudyAddition(seeds: [1, 2], learningRates: ["full": [1]]))
        #expect(twice.addedSeeds == [1, 2] && twice.seeds == [0])
        #expect(twice.trajectories.count == 9)
    }

    @Test("what adds nothing, or is for nobody, is refused")
    func refused() throws {
        let study = try StudyFileSamples.parse()
        for addition in [
            StudyAddition(seeds: [0]), StudyAddition(learningRates: ["full": [1e-3]]),
        ] {
            #expect(throws: StudyAdditionError.nothingNew) { try study.adding(addition) }
        }
        let error = StudyAdditionError.noArm("dora", known: ["full", "lora-r8"])
        #expect(throws: error) {
            try study.adding(StudyAddition(learningRates: ["dora": [1]]))
        }
    }

    @Test(
        "the keys are checked, for anybody can write them",
        arguments: [
            ("added_seeds: [0]", "17: added_seeds: names 0, which is there already"),
            ("added_seeds: [1, 1]", "17: added_seeds: names 1, which is there already"),
            ("added_seeds: [-1]", "17: added_seeds: is -1; must be at least 0"),
        ])
    func keys(text: String, problem: String) throws {
        #expect(
            try StudyFileSamples.problems(StudyFileSamples.text + text + "\n")
                == ["code.yaml:" + problem])
        #expect(
            try StudyFileSamples.problems(
                StudyFileSamples.text(line: 15, "    rank: 8\n    added_learning_rates: [1e-2, 0]"))
                == [
                    "code.yaml:16: arms[1].added_learning_rates: is 0; must be above 0",
                    "code.yaml:16: arms[1].added_learning_rates: names 0.01, which is there already",
                ])
    }

    @Test("--seed is then the only seed")
    func seed() throws {
        let text = StudyFileSamples.text + "added_seeds: [1, 2]\n"
        let study = try StudyFileSamples.parse(text, StudyOverrides(seed: 7))
        #expect(study.trajectories.map(\.id) == ["full", "lora-r8"])
    }
}
