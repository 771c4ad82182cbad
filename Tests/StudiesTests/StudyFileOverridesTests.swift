import Adapters
import Studies
import Testing

@Suite struct StudyFileOverridesTests {
    @Test("--set reaches every kind of key")
    func setReachesEveryKey() throws {
        let study = try Self.parse([
            "train.steps=50", "arms[1].rank=4", "arms.full.learning_rate=2e-3",
            "checkpoint.keep=5", "source.tasks=[facts]", "arms.lora-r8.targets=attention",
        ])
        #expect(study.training.lengths == [50])
        #expect(study.arms.map(\.lengths) == [[50], [50]])
        #expect(study.arms[1].method.rank == 4)
        #expect(study.arms[0].learningRates == [2e-3])
        #expect(study.checkpoints.keep == 5)
        #expect(study.source.tasks == ["facts"])
        #expect(study.line(of: "arms[1].rank") == nil)
        #expect(study.line(of: "arms[1].learning_rate") == 16)
    }

    @Test(
        "what --set cannot do is told with the option",
        arguments: [
            ("arms[1].rank=0", "--set arms[1].rank=0: arms[1].rank: is 0; must be at least 1"),
            (
                "train.stepz=3",
                "--set train.stepz=3: train.stepz: unknown key; did you mean `steps`?"
            ),
            ("steps", "--set steps: needs the form key.path=value"),
            ("arms[9].rank=1", "--set arms[9].rank=1: there is no `9` in the study"),
            ("arms.nobody.rank=1", "--set arms.nobody.rank=1: there is no `nobody` in the study"),
            ("a..b=1", "--set a..b=1: `a..b` is not a key path such as arms[0].rank"),
            ("name=[", "--set name=[: the value is not valid YAML; quote it"),
        ])
    func whatSetCannotDo(setting: String, expected: String) throws {
        let problems = try StudyFileSamples.problems(
            StudyFileSamples.text, StudyOverrides(settings: [setting]))
        #expect(problems == [expected])
    }

    @Test("an arm and the arm whose size it matches are chosen together")
    func matchedArms() throws {
        let text =
            StudyFileSamples.text
            + "  - { name: mora, method: mora, match: lora-r8, learning_rate: 1e-2 }\n"
        #expect(
            try StudyFileSamples.problems(text, StudyOverrides(arms: ["full", "mora"])) == [
                "--arms full,mora: `mora` matches `lora-r8`, which is left out; name it too"
            ])
        for arms in [["mora", "lora-r8"], ["full"], ["lora-r8"]] {
            #expect(try StudyFileSamples.problems(text, StudyOverrides(arms: arms)).isEmpty)
        }
        let other = text.replacing("match: lora-r8", with: "match: lora-r4")
        #expect(try StudyFileSamples.problems(other, StudyOverrides(arms: ["mora"])).isEmpty)
    }

    @Test("--steps keeps restarts within the steps")
    func stepsShortensRestarts() throws {
        let text = StudyFileSamples.text(
            line: 14, "    method: relora\n    restart_every: 99\n    restart_warmup: 50")
        for (steps, every, warmup) in [(5, 4, 4), (1, 1, 1), (70, 69, 50), (200, 99, 50)] {
            let study = try StudyFileSamples.parse(text, StudyOverrides(steps: steps))
            #expect(
                study.arms[1].method.restarts == Restarts(everySteps: every, warmupSteps: warmup))
        }
    }

    @Test("--steps sets every arm and shortens what would not fit")
    func stepsSetsEveryArm() throws {
        let text = StudyFileSamples.text(line: 15, "    rank: 8\n    steps: 100")
        let study = try StudyFileSamples.parse(text, StudyOverrides(steps: 5))
        #expect(study.arms.map(\.lengths) == [[5], [5]])
        #expect(study.training.warmupSteps == 5)
        #expect(study.evaluation.every == 5)
        #expect(
            try StudyFileSamples.problems(text, StudyOverrides(steps: 0))
                == [
                    "--steps 0: train.steps: is 0; must be at least 1",
                    "code.yaml:9: train.warmup_steps: is 10, more than the 1 steps",
                    "code.yaml:10: evaluate.every: is 20, more than the 1 steps; make it smaller",
                ])
    }

    @Test("--seed is the only seed")
    func seedIsTheOnlySeed() throws {
        let text = StudyFileSamples.text(line: 15, "    rank: 8\n    seed: 4") + "seeds: [1, 2]\n"
        let study = try StudyFileSamples.parse(text, StudyOverrides(seed: 7))
        #expect(study.trajectories.map(\.seed) == [7, 7])
        #expect(
            try StudyFileSamples.problems(text, StudyOverrides(seed: -1))
                == ["--seed -1: seeds: is -1; must be at least 0"])
    }

    @Test("--arms chooses, with the lines still right")
    func armsChooses() throws {
        let study = try StudyFileSamples.parse(
            StudyFileSamples.text, StudyOverrides(arms: ["lora-r8"]))
        #expect(study.arms.map(\.name) == ["lora-r8"])
        #expect(study.line(of: "arms[0].rank") == 15)
        #expect(
            try StudyFileSamples.problems(
                StudyFileSamples.text, StudyOverrides(arms: ["full", "dora"]))
                == ["--arms full,dora: there is no arm `dora`; the study has full, lora-r8"])
    }

    private static func parse(_ settings: [String]) throws -> Study {
        try StudyFileSamples.parse(StudyFileSamples.text, StudyOverrides(settings: settings))
    }
}
