import Foundation
import Studies
import TestSupport
import Testing

/// Studies whose arms have several learning rates, lengths and seeds.
@Suite struct GridFileTests {
    private static func text(_ arm: String) -> String {
        StudyFileSamples.text(line: 12, "  - { name: full, method: full, \(arm) }")
    }

    private static func ids(_ arm: String, seeds: String = "[0]") throws -> [String] {
        try StudyFileSamples.parse(text(arm) + "seeds: \(seeds)\n").trajectories
            .filter { $0.arm.name == "full" }.map(\.id)
    }

    @Test(
        "an id has what the arm has several of, and nothing else",
        arguments: [
            ("learning_rate: 1e-3", "[0]", ["full"]),
            ("learning_rate: [1e-3]", "[0]", ["full"]),
            ("learning_rate: 1e-3", "[0, 1]", ["full-s0", "full-s1"]),
            ("learning_rate: [1e-3, 0.02]", "[0]", ["full-lr1e-3", "full-lr2e-2"]),
            ("learning_rate: [2.5e-4, 5e-4]", "[7]", ["full-lr2.5e-4", "full-lr5e-4"]),
            (
                "learning_rate: [0.001, 2e-3]", "[1, 2]",
                ["full-lr1e-3-s1", "full-lr1e-3-s2", "full-lr2e-3-s1", "full-lr2e-3-s2"]
            ),
            ("learning_rate: 1e-3, steps: [300, 50]", "[0]", ["full-n300", "full-n50"]),
            (
                "learning_rate: [1, 10], steps: [20, 300], seed: 4", "[1, 2]",
                ["full-lr1e0-n20", "full-lr1e0-n300", "full-lr1e1-n20", "full-lr1e1-n300"]
            ),
        ])
    func ids(arm: String, seeds: String, expected: [String]) throws {
        #expect(try Self.ids(arm, seeds: seeds) == expected)
    }

    @Test(
        "a rate is written in its fewest digits",
        arguments: [
            ("1e-3", "1e-3"), ("0.00025", "2.5e-4"), ("1.0e+2", "1e2"), ("123.456", "1.23456e2"),
            ("3e-300", "3e-300"), ("1e17", "1e17"), ("0.1", "1e-1"), ("100000", "1e5"),
            ("0.30000000000000004", "3.0000000000000004e-1"),
        ])
    func rate(written: String, expected: String) throws {
        #expect(
            try Self.ids("learning_rate: [7, \(written)]") == ["full-lr7e0", "full-lr" + expected])
    }

    @Test("each trajectory has its own rate, length and seed; seeds come in rounds")
    func trajectories() throws {
        let text = Self.text("learning_rate: [1e-3, 2e-3], steps: [40, 20]") + "seeds: [3, 5]\n"
        let grid = try StudyFileSamples.parse(text).trajectories.filter { $0.arm.name == "full" }
        #expect(grid.map(\.learningRate) == [1e-3, 1e-3, 1e-3, 1e-3, 2e-3, 2e-3, 2e-3, 2e-3])
        #expect(grid.map(\.steps) == [40, 40, 20, 20, 40, 40, 20, 20])
        #expect(grid.map(\.seed) == [3, 5, 3, 5, 3, 5, 3, 5])
        #expect(grid.map(\.round) == [0, 1, 0, 1, 0, 1, 0, 1])
        let own = Self.text("learning_rate: 1, seed: 5") + "seeds: [3, 5]\n"
        #expect(try StudyFileSamples.parse(own).trajectories.map(\.round) == [0, 0, 1])
    }

    @Test("lengths of the study hold for arms without their own")
    func lengths() throws {
        let text = StudyFileSamples.text(line: 8, "  steps: [30, 60]")
        let study = try StudyFileSamples.parse(text)
        #expect(
            study.trajectories.map(\.id)
                == ["full-n30", "full-n60", "lora-r8-n30", "lora-r8-n60"])
        #expect(try StudyFileSamples.parse(text, StudyOverrides(steps: 50)).arms[1].lengths == [50])
    }

    @Test("the resolved study reads back as an equal one, early points and all")
    func readsBack() throws {
        let text =
            Self.text("learning_rate: [1e-3, 3.3e-5, 1], steps: [40, 300]") + "seeds: [1, 2]\n"
        for early in ["true", "false"] {
            let study = try StudyFileSamples.parse(
                text, StudyOverrides(settings: ["evaluate.early=\(early)"]))
            let again = try StudyFileSamples.parse(study.yaml())
            #expect(again == study)
            #expect(again.trajectories == study.trajectories)
            #expect(again.evaluation.isEarly == (early == "true"))
        }
    }

    @Test("a stored study without the key was run without early points")
    func storedBefore() throws {
        try StudyFileSamples.withData { locator in
            let stored = try StudyFile.parse(StudyFileSamples.text, file: "a", locator: locator)
                .yaml().replacing("early: true, ", with: "")
            #expect(try StudyFile.parse(stored, file: "a", locator: locator).evaluation.isEarly)
            // The made-up data hold no base to compare with, which is told only beside problems.
            let study = try StudyFile.load(storedText: stored, file: "a", locator: locator)
            #expect(!study.evaluation.isEarly)
            let again = try StudyFile.load(storedText: study.yaml(), file: "a", locator: locator)
            #expect(again == study)
        }
    }

    @Test(
        "what is wrong with a list is told by its element",
        arguments: [
            ("learning_rate: []", "is empty; write a number, or a list of them"),
            ("learning_rate: [1e-3, 0.001]", "names 0.001 twice"),
            ("learning_rate: [1e-3, -2]", "is -2; must be above 0"),
            ("learning_rate: [0, 1e-3]", "is 0; must be above 0"),
            ("learning_rate: [1e-3, x]", "is `x`, not a number"),
            ("learning_rate: [1e-3, .inf]", "is `.inf`, not a number"),
            ("learning_rate: [[1e-3], 1]", "is a list, not a number"),
            ("learning_rate: [1e-3, ~]", "is nothing, not a number"),
            ("learning_rate: { a: 1 }", "is a group of keys, not a number"),
        ])
    func rates(arm: String, message: String) throws {
        #expect(
            try StudyFileSamples.problems(Self.text(arm))
                == ["code.yaml:12: arms[0].learning_rate: " + message])
    }

    @Test(
        "and so for lengths",
        arguments: [
            ("steps: []", ["is empty; write a number, or a list of them"]),
            ("steps: [20, 20]", ["names 20 twice"]),
            ("steps: [20, 0]", ["is 0; must be at least 1"]),
            ("steps: [20, 1.5]", ["is `1.5`, not a whole number"]),
            (
                "steps: [300, 9, 8]",
                [9, 8].map {
                    "is \($0), fewer than the 10 steps of `train.warmup_steps`; use at least 10, "
                        + "or a shorter warm-up"
                }
            ),
        ])
    func lengths(arm: String, messages: [String]) throws {
        #expect(
            try StudyFileSamples.problems(Self.text("learning_rate: 1, \(arm)"))
                == messages.map { "code.yaml:12: arms[0].steps: " + $0 })
    }

    @Test("every problem of a list is told at once, on the line of its element")
    func lines() throws {
        let text = StudyFileSamples.text(
            line: 16, "    learning_rate:\n      - 1e-3\n      - 0\n      - 1e-3\n      - no")
        #expect(
            try StudyFileSamples.problems(text) == [
                "code.yaml:18: arms[1].learning_rate: is 0; must be above 0",
                "code.yaml:19: arms[1].learning_rate: names 1e-3 twice",
                "code.yaml:20: arms[1].learning_rate: is `no`, not a number",
            ])
    }

    @Test("a warm-up that is longer than the shortest length of the study is refused")
    func warmup() throws {
        let text = StudyFileSamples.text(line: 8, "  steps: [300, 5]")
        #expect(
            try StudyFileSamples.problems(text)
                == ["code.yaml:9: train.warmup_steps: is 10, more than the 5 steps"])
    }

    @Test("ids are unique as folders, and fit")
    func unique() throws {
        let arm = "  - { name: FULL-lr1e-3, method: full, learning_rate: 1 }\n"
        #expect(
            try StudyFileSamples.problems(Self.text("learning_rate: [1e-3, 2e-3]") + arm) == [
                "code.yaml:11: arms: make two arms named `full-lr1e-3`; rename one"
            ])
        let long = String(repeating: "x", count: 200)
        let rates = "learning_rate: [1.2345678901234567e-300, 1], steps: [1000000, 1000001]"
        let text = StudyFileSamples.text(
            line: 12, "  - { name: \(long), method: full, \(rates) }")
        #expect(try StudyFileSamples.problems(text + "seeds: [1, 2]\n").isEmpty)
        let seeds = "seeds: [9223372036854775806, 9223372036854775807]\n"
        let problems = try StudyFileSamples.problems(text + seeds)
        #expect(problems.count == 4)
        #expect(problems.allSatisfy { $0.hasSuffix("too long for a folder's name") })
    }

    @Test("more trajectories than anybody means are refused without making them")
    func tooMany() throws {
        let numbers = (1...1500).map(String.init).joined(separator: ", ")
        let start = ContinuousClock.now
        let problems = try StudyFileSamples.problems(
            Self.text("learning_rate: [\(numbers)]") + "seeds: [\(numbers)]\n")
        #expect(problems.count == 1)
        #expect(problems[0].contains("make 2251500 trajectories"))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("--arms names arms, and --set reaches a list and its elements")
    func overrides() throws {
        let text = Self.text("learning_rate: [1e-3, 2e-3]")
        #expect(try StudyFileSamples.parse(text, StudyOverrides(arms: ["full"])).arms.count == 1)
        #expect(
            try StudyFileSamples.problems(text, StudyOverrides(arms: ["full-lr1e-3"])) == [
                "--arms full-lr1e-3: there is no arm `full-lr1e-3`; the study has full, lora-r8"
            ])
        for (setting, rates) in [
            ("arms[0].learning_rate=4e-3", [4e-3]),
            ("arms.full.learning_rate=[4e-3, 8e-3]", [4e-3, 8e-3]),
            ("arms[0].learning_rate[1]=8e-3", [1e-3, 8e-3]),
        ] {
            let study = try StudyFileSamples.parse(text, StudyOverrides(settings: [setting]))
            #expect(study.arms[0].learningRates == rates)
        }
        #expect(
            try StudyFileSamples.problems(
                text, StudyOverrides(settings: ["arms[0].learning_rate=[1, -1]"])) == [
                    "--set arms[0].learning_rate=[1, -1]: arms[0].learning_rate: is -1; "
                        + "must be above 0"
                ])
    }
}
