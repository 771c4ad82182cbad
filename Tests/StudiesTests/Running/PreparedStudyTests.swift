import Datasets
import Evaluation
import Foundation
import RunEvents
import Settings
@testable import Studies
import StudySamples
import TestSupport
import Testing

@Suite struct PreparedStudyTests {
    /// What preparing reports, after the files have been changed.
    private func problems(
        _ settings: [String] = [], _ change: (SmallStudy) throws -> Void = { _ in }
    ) throws -> [SettingsProblem] {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let study = try small.study(settings)
            try change(small)
            do {
                _ = try PreparedStudy.prepare(study, locator: small.locator)
                return []
            } catch StudyError.invalid(let problems) {
                return problems
            }
        }
    }

    @Test("the sample itself is sound")
    func sound() throws {
        #expect(try problems().isEmpty)
    }

    @Test("all that does not fit the model is told at once, with lines")
    func modelProblems() throws {
        let error = try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(
                SmallStudy.text.replacing("rank: 2", with: "rank: 17")
                    .replacing("sequence_length: 32", with: "sequence_length: 97"),
                to: "studies/small.yaml")
            return try #require(throws: StudyError.self) { try small.prepared() }
        }
        let text = error.description
        #expect(text.contains("small.yaml:13: arms[1].rank: rank 17 is larger than projection k"))
        #expect(text.contains("small.yaml:8: train.sequence_length: 97 is beyond the context"))
    }

    @Test("every arm that does not fit is told at once, each with the most that would")
    func severalArms() throws {
        // Width 32, keys and values 16 wide, 48 in the MLP, tied tables, no biases.
        let arms = [
            "method: dora, rank: 17, targets: [v]", "method: pissa, rank: 33, targets: [gate]",
            "method: mora, rank: 6, operator: sharing, targets: [k]",
            "method: vera, rank: 262", "method: full, parts: [head]", "method: full, last: 3",
            "method: full, parts: [biases, mlp]", "method: lora, rank: 70000",
            "method: mora, rank: 9223372036854775807, operator: sharing",
            "method: full, parts: [embeddings], last: 1",
        ]
        let lines = arms.enumerated().map { index, arm in
            "  - { name: arm-\(index), \(arm), learning_rate: 1 }\n"
        }
        let error = try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(SmallStudy.text + lines.joined(), to: "studies/small.yaml")
            return try #require(throws: StudyError.self) { try small.prepared() }
        }
        let expected = [
            "14: arms[2].rank: rank 17 is larger than projection v [16, 32]: use at most 16",
            "15: arms[3].rank: rank 33 is larger than projection gate [48, 32]: use at most 32",
            "16: arms[4].rank: rank 6 makes a matrix 17 wide, wider than projection k [16, 32]: "
                + "use at most 5",
            "17: arms[5].rank: rank 262 makes a frozen pair larger than the model: "
                + "use at most 261",
            "18: arms[6].parts: the head of this model is its embedding table: name embeddings",
            "19: arms[7].last: the last 3 layers of 2: use 1 to 2",
            "20: arms[8].parts: the model has no biases: leave them out",
            "21: arms[9].rank: rank 70000 is larger than projection k [16, 32]: use at most 16",
            "22: arms[10].rank: rank 9223372036854775807 makes a matrix 21040956674 wide, wider "
                + "than projection k [16, 32]: use at most 5",
            "23: arms[11].last: none of the parts is in a layer: drop `last`, or name attention, "
                + "mlp or norms too",
        ]
        #expect(
            error.description.components(separatedBy: "\n")
                == expected.map { "datasets/studies/small.yaml:" + $0 })
    }

    @Test("a rank at the limit of the smallest layer is accepted, one more is not")
    func rankLimit() throws {
        #expect(try problems(["arms.lora.rank=16"]).isEmpty)
        let problems = try problems(["arms.lora.rank=17"])
        #expect(problems.map(\.path) == ["arms[1].rank"])
        #expect(problems.map(\.origin) == [.option("--set arms.lora.rank=17")])
    }

    @Test(
        "an empty or broken data file is told with its key",
        arguments: [
            ("code/train.jsonl", "", "target.train"),
            ("code/train.jsonl", "{\"instruction\": 1}\n", "target.train"),
            ("code/eval.jsonl", "\n", "target.evaluation"),
            ("world/facts.jsonl", "{}\n", "source.tasks"),
            ("world/heldout.txt", " \n\n", "source.text"),
            ("world/heldout.txt", "x", "source.text"),
        ])
    func dataProblems(path: String, text: String, key: String) throws {
        let problems = try problems { try $0.write(text, to: path) }
        #expect(problems.contains { $0.path == key && $0.origin != nil })
        #expect(problems.allSatisfy { $0.file == "datasets/studies/small.yaml" })
    }

    @Test("several broken files are told together")
    func severalProblems() throws {
        let problems = try problems(["arms.lora.rank=99"]) { small in
            try small.write("", to: "code/train.jsonl")
            try small.write("", to: "world/facts.jsonl")
            try FileManager.default.removeItem(
                at: small.datasets.appending(path: "world/heldout.txt"))
        }
        let paths = Set(problems.map(\.path))
        #expect(paths == ["target.train", "source.tasks", "source.text", "arms[1].rank"])
    }

    /// What loading reports, as `key: text`.
    private func refusals(_ settings: [String]) throws -> [String] {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let more =
                "  - { name: dora, method: dora, rank: 2, learning_rate: 1 }\n"
                + "  - { name: mora, method: mora, rank: 2, learning_rate: 1 }\n"
            try small.write(SmallStudy.text + more, to: "studies/small.yaml")
            do {
                _ = try small.prepared(settings)
                return []
            } catch StudyError.invalid(let problems) {
                return problems.map { "\($0.path): \($0.text)" }
            }
        }
    }

    @Test("an arm that is wrong by itself hides nothing of the others")
    func oneRound() throws {
        #expect(
            try refusals([
                "arms.mora.operator=rotate", "arms.lora.rank=900", "train.sequence_length=97",
                "target.tasks=[nothing]",
            ]).map { $0.prefix { $0 != ":" } } == [
                "arms[3].operator", "arms[1].rank", "train.sequence_length", "target.tasks",
            ])
        #expect(
            try refusals([
                "arms.dora={name: dora, method: dora, match: nothere, learning_rate: 1}",
                "arms.mora={name: mora, method: mora, match: lora-r80, learning_rate: 1}",
            ]).map { $0.prefix(48) } == [
                "arms[2].match: there is no arm `nothere`; use fu",
                "arms[3].match: no rank that fits comes within 10",
            ])
    }

    @Test("what only follows from another problem is not told")
    func noConsequences() throws {
        let cases: [([String], [String])] = [
            // The default of the dropout and the rank of every other operator would not fit.
            (["arms.lora.dropout=2"], ["arms[1].dropout"]),
            (["arms.mora.rank=9", "arms.mora.operator=x"], ["arms[3].operator"]),
            (["arms.lora.rank=17", "arms.lora.seed=x"], ["arms[1].seed", "arms[1].rank"]),
            (["target.train=code/none.jsonl"], ["target.train"]),
            (["target.regime=x"], ["target.regime"]),
            (
                [
                    "arms.lora.targets=[]",
                    "arms.dora={name: dora, method: dora, match: lora, learning_rate: 1}",
                ], ["arms[1].targets"]
            ),
        ]
        for (settings, paths) in cases {
            let found = try refusals(settings).map { String($0.prefix { $0 != ":" }) }
            #expect(found == paths)
        }
    }

    @Test("a base that cannot be read is told beside the rest")
    func base() throws {
        let unknown = try refusals(["base=none", "arms.mora.operator=x", "arms.lora.rank=900"])
        #expect(unknown.count == 2)
        #expect(unknown.contains { $0.hasPrefix("base: no model none: use tiny, ") })
        #expect(try refusals(["base=none"]).count == 1)
        let damaged = try problems(["arms.lora.rank=99"]) { small in
            try small.write("short", to: "base/small/model.safetensors")
        }
        #expect(damaged.map(\.path) == ["arms[1].rank", "base"])
        #expect(damaged.last?.origin == .line(2))
    }

    @Test("a study that names files which are not there is refused on reading")
    func missingFiles() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let error = try #require(throws: StudyError.self) {
                try small.study(["target.train=code/none.jsonl", "base=base/none"])
            }
            guard case .invalid(let problems) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(Set(problems.map(\.path)) == ["target.train", "base"])
        }
    }

    @Test("unknown tasks are told")
    func wrongTasks() throws {
        let problems = try problems(["target.tasks=[other]", "source.tasks=[facts, nothing]"])
        #expect(problems.map(\.path) == ["target.tasks", "source.tasks"])
    }

    @Test("any task stands on either axis, with numbers of its kind")
    func eitherAxis() throws {
        try withTemporaryFolder { folder in
            let plan = try SmallStudy(in: folder).prepared([
                "target.tasks=[code, facts]", "source.tasks=[facts, code]",
            ]).evaluation
            #expect(plan.targetTasks.map(\.name) == ["code", "facts"])
            let sets = Measures.all(of: plan).flatMap { $0.items(of: plan) }.map(\.key)
            let taken = Set(sets.map { "\($0.kind.rawValue) \($0.task) \($0.metric)" })
            let expected: Set = [
                "target code exact_match", "target facts acc", "source facts acc",
                "source code exact_match", "source code answer_loss",
            ]
            #expect(taken.isSuperset(of: expected), "\(taken)")
            #expect(
                Measures.definitions(of: plan).contains {
                    $0.name == "acc" && $0.kind == .target && $0.direction == .higherIsBetter
                })
        }
    }

    @Test("tasks whose answers are programs are told", arguments: ["mbpp", "humaneval"])
    func programs(name: String) throws {
        let problems = try problems(["target.tasks=[code, \(name)]", "arms.lora.rank=17"])
        #expect(problems.map(\.path).filter { $0 == "target.tasks" }.count == 1)
        #expect(problems.contains { $0.text.contains("'\(name)' is scored by running") })
        #expect(problems.contains { $0.path == "arms[1].rank" })
    }

    @Test("without a file of its own an evaluation reads the files of its tasks")
    func taskFiles() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let named = try small.prepared().evaluation
            let text = SmallStudy.text.replacing(", evaluation: code/eval.jsonl", with: "")
            try small.write(text, to: "studies/small.yaml")
            let own = try small.prepared().evaluation
            #expect(own.target.items == named.target.items)
            #expect(own.targetTasks.count == 1)
        }
    }

    @Test("records that do not fit are cut and told")
    func remarks() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let longest = try #require(small.prepared().training[.response].map(\.ids.count).max())
            let prepared = try small.prepared(["train.sequence_length=\(longest - 2)"])
            #expect(!prepared.remarks.isEmpty)
            #expect(prepared.training[.response].map(\.ids.count).max() == longest - 1)
        }
    }

    @Test("what is left out of the evaluation is told like what is left out of the training")
    func evaluationRemarks() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let long = String(repeating: "one ", count: 40)
            try small.write(
                """
                {"instruction": "Say a.", "output": "b"}
                {"instruction": "Say b.", "output": "\(long)"}
                {"instruction": "\(long)\(long)\(long)", "output": "c"}

                """, to: "code/eval.jsonl")
            let options = "What comes after \(long)\(long)\(long)?"
            try small.write(
                #"{"question": "\#(options)", "choices": ["a", "b"], "gold": 0}"# + "\n",
                to: "world/facts.jsonl")
            let all = try small.prepared(["evaluate.limit=9", "evaluate.generate_limit=9"])
            for remark in [
                "code/eval.jsonl: 1 of 3 prompts lose their start, so that the gold answer fits a "
                    + "context of 96",
                "code: 1 of 3 prompts lose their start, to leave room for 48 tokens of answer in a "
                    + "context of 96",
                "facts: 1 of 1 items lose the start of a text longer than the context of 96",
            ] { #expect(all.remarks.contains(remark), "\(all.remarks)") }
            #expect(all.evaluation.target.items.count == 3)
            let some = try small.prepared(["target.train_limit=2"])
            for remark in [
                "target.train_limit uses 2 of 9 records of code/train.jsonl",
                "evaluate.generate_limit uses 1 of 3 questions of code, drawn with seed 0",
            ] { #expect(some.remarks.contains(remark), "\(some.remarks)") }
            let limited = "evaluate.limit uses 2 of 3 records of code/eval.jsonl, 2 of "
            #expect(
                some.remarks.contains {
                    $0.hasPrefix(limited)
                        && $0.hasSuffix("documents of world/heldout.txt, drawn with seed 0")
                }, "\(some.remarks)")
        }
    }

    @Test("an evaluation without an answer to score is refused")
    func noAnswers() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(
                #"{"instruction": "Say a.", "output": ""}"# + "\n", to: "code/eval.jsonl")
            #expect {
                try small.prepared()
            } throws: {
                "\($0)".contains(
                    "code/eval.jsonl: no record has an answer of which a token is predicted")
            }
        }
    }

    @Test("a file of another form is told once, however many keys read it")
    func foreignForm() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write("PAR1\u{15}\n\n", to: "code/eval.jsonl")
            #expect {
                try small.prepared(["target.train=code/eval.jsonl"])
            } throws: { error in
                "\(error)".components(separatedBy: "is a Parquet file").count == 2
            }
        }
    }

    @Test("a base that nothing ends is told")
    func endless() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let told = "base/small names no token that ends a text"
            #expect(try !small.prepared().remarks.contains { $0.hasPrefix(told) })
            for name in ["tokenizer_config.json", "generation_config.json"] {
                try FileManager.default.removeItem(at: small.baseFolder.appending(path: name))
            }
            #expect(try small.prepared().remarks.contains { $0.hasPrefix(told) })
        }
    }

    @Test("the resolved study reads back equal and prepares the same data")
    func resolvedStudy() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let study = try small.study(["seeds=[3, 4]", "arms.full.learning_rate=0.1"])
            try small.write(study.yaml(), to: "resolved.yaml")
            let again = try StudyFile.load(
                small.datasets.appending(path: "resolved.yaml").path, locator: small.locator)
            #expect(again == study)
            let prepared = try PreparedStudy.prepare(again, locator: small.locator)
            #expect(try prepared.training == small.prepared().training)
        }
    }
}
