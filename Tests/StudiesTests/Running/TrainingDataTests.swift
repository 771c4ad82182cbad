import Datasets
import Evaluation
import RunEvents
import Studies
import StudySamples
import TestSupport
import Testing

@Suite struct TrainingDataTests {
    private func data(_ settings: [String]) throws -> TrainingData {
        try withTemporaryFolder { try SmallStudy(in: $0).prepared(settings).training }
    }

    @Test("an arm's own mask gives it other weights on the same tokens")
    func masks() throws {
        let data = try data(["loss_mask=0.5", "arms.lora.loss_mask=response"])
        let (half, none) = (data[.promptWeight(0.5)], data[.response])
        #expect(half.count == 9 && half.map(\.ids) == none.map(\.ids))
        for (half, none) in zip(half, none) {
            #expect(Set(half.weights) == [0, 0.5, 1] && Set(none.weights) == [0, 1])
            #expect(half.weights.filter { $0 == 1 } == none.weights.filter { $0 == 1 })
        }
        #expect(data[.all].isEmpty)
    }

    @Test("plain text carries loss everywhere, and a mask for it is refused")
    func plainText() throws {
        let plain = [
            "target.regime=continue", "target.train=world/heldout.txt",
            "target.evaluation=world/heldout.txt",
        ]
        let examples = try data(plain)[.response]
        #expect(!examples.isEmpty)
        #expect(examples.allSatisfy { $0.weights.dropFirst().allSatisfy { $0 == 1 } })
        #expect(try data(plain + ["loss_mask=response"])[.response] == examples)
        for mask in ["boilerplate", "all", "0.5"] {
            let error = try #require(throws: StudyError.self) {
                try data(plain + ["arms.lora.loss_mask=\(mask)"])
            }
            #expect(
                error.description.hasSuffix(
                    "arms[1].loss_mask: is `\(mask)`, but plain text has no prompts; use "
                        + "`regime: instruct`, or drop it"))
            let whole = try #require(throws: StudyError.self) {
                try data(plain + ["loss_mask=\(mask)"])
            }
            #expect(whole.description.contains("=\(mask): loss_mask: is `\(mask)`, but"))
        }
    }

    @Test("a limit keeps the first records, or the first texts")
    func limit() throws {
        let all = try data([])[.response]
        #expect(try data(["target.train_limit=4"])[.response] == Array(all.prefix(4)))
        #expect(try data(["target.train_limit=99"])[.response] == all)
        let text = [
            "target.regime=continue", "target.train=world/heldout.txt",
            "target.evaluation=world/heldout.txt",
        ]
        let (some, more) = try (data(text + ["target.train_limit=2"]), data(text))
        #expect(some[.response].count < more[.response].count)
    }

    @Test("shown tests lengthen the prompts of training and evaluation, not the answers")
    func showTests() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let row = #"{"instruction": "Say a", "output": "b", "tests": ["assert c"]}"# + "\n"
            try small.write(row, to: "code/train.jsonl")
            try small.write(row, to: "code/eval.jsonl")
            let (plain, shown) = try (
                small.prepared(), small.prepared(["target.show_tests=3"])
            )
            let before = try #require(plain.training[.response].first)
            let after = try #require(shown.training[.response].first)
            #expect(after.ids.count > before.ids.count)
            #expect(after.ids[after.responseStart...] == before.ids[before.responseStart...])
            let (scored, longer) = (plain.evaluation.target.items, shown.evaluation.target.items)
            #expect(scored != longer && scored.map(\.tokenCount) == longer.map(\.tokenCount))
        }
    }

    @Test("each arm trains with its own mask")
    func training() throws {
        let lossOf = { (run: StudyRecording, arm: String) in
            run.observations(arm, "loss").filter { $0.kind == .train }.map(\.value)
        }
        let response = try StudyRecording.run()
        let own = try StudyRecording.run(["arms.full.loss_mask=all"])
        let all = try StudyRecording.run(["loss_mask=all"])
        #expect(lossOf(own, "full") == lossOf(all, "full"))
        #expect(lossOf(own, "full") != lossOf(response, "full"))
        #expect(lossOf(own, "lora") == lossOf(response, "lora"))
    }
}
