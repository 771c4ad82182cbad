import Datasets
import Evaluation
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@Suite struct TaskScorerTests {
    private static let text = "Question: what is the colour of the sky? Answer: blue and 4 #### 4\n"

    @Test("a multiple-choice task gives acc, acc_norm and what every item's options scored")
    func choice() throws {
        let rows = """
            {"question": "what is the sky", "choices": ["blue", "the colour"], "gold": 0}
            {"question": "what is the colour", "choices": ["blue", "sky", "Answer"], "gold": 2}
            {"question": "and the sky", "choices": ["blue", "sky"], "gold": 1}
            """
        let result = try score("facts", rows, limit: 2)
        #expect(result.metrics.map(\.name) == ["acc", "acc_norm"])
        #expect(result.metrics.map(\.score.count) == [2, 2])
        guard case .choice(let sample) = try #require(result.samples.last) else {
            Issue.record("not a multiple-choice sample")
            return
        }
        #expect(sample.index == 1 && sample.gold == 2)
        #expect(sample.continuations == [" blue", " sky", " Answer"])
        let best = sample.logLikelihoods.max()
        #expect(sample.choice == sample.logLikelihoods.firstIndex { $0 == best })
    }

    @Test("a task whose options stand in the context has acc alone")
    func partial() throws {
        let row = """
            {"sentence": "the sky is blue and _ is 4", "option1": "sky", "option2": "it", \
            "answer": "1"}
            """
        let result = try score("winogrande", row)
        #expect(result.metrics.map(\.name) == ["acc"])
        #expect(result.metrics[0].score.standardError.isNaN)
    }

    @Test("GSM8K is asked in its published layout, or in a template if one is named")
    func generation() throws {
        let row = #"{"question": "what is the colour", "answer": "blue #### 4"}"#
        for (template, prompt) in [
            (nil, "Question: what is the colour\nAnswer:"),
            (.plain, "what is the colour\nAnswer:\n"),
        ] as [(PromptTemplate?, String)] {
            let result = try score("gsm8k", row, template: template)
            #expect(result.metrics.map(\.name) == ["exact_match", "exact_match_flexible"])
            guard case .answer(let sample) = try #require(result.samples.first) else {
                Issue.record("not a written answer")
                return
            }
            #expect(sample.prompt == prompt)
            #expect(!sample.text.contains("Question:"))
        }
    }

    @Test("recalled identifiers are scored by place and as a whole")
    func recall() throws {
        let row = #"{"instruction": "0a1b", "input": "", "output": "c2d3"}"#
        let result = try score("uuid", row)
        #expect(result.metrics.map(\.name) == ["exact_match", "character_accuracy"])
        guard case .answer(let sample) = try #require(result.samples.first) else {
            Issue.record("not a written answer")
            return
        }
        #expect(sample.prompt == "0a1b\nAnswer:\n")
        #expect(
            result.metrics[1].score.value
                == CharacterAccuracy.value(sample.text, gold: "c2d3"))
    }

    @Test("tasks that would run programs are refused", arguments: ["mbpp", "humaneval"])
    func programs(name: String) throws {
        #expect(throws: TaskError.runsPrograms(task: name)) {
            try TaskScorer(try .named(name), file: URL(filePath: "any.jsonl"))
        }
    }

    private func score(
        _ task: String, _ rows: String, limit: Int? = nil, template: PromptTemplate? = nil
    ) throws -> TaskResult {
        let tokenizer = try BPETrainer(
            vocabularySize: 280, specialTokens: ["<|endoftext|>"], preTokenizer: .smollm,
            endOfText: "<|endoftext|>"
        ).train([Self.text, Self.text])
        var random = SeededRandom(seed: 3)
        let model = try Transformer.initialised(
            ModelConfiguration(
                hiddenSize: 16, intermediateSize: 24, layerCount: 1, headCount: 2, kvHeadCount: 1,
                vocabularySize: tokenizer.vocabularySize, maxSequenceLength: 96),
            using: &random)
        return try withTemporaryFolder { folder in
            let file = folder.appending(path: "rows.jsonl")
            try Data(rows.utf8).write(to: file)
            let scorer = try TaskScorer(try .named(task), file: file, limit: limit)
            return try scorer.score(
                ScoringContext(model: model, arena: Arena()), tokenizer: tokenizer,
                template: template)
        }
    }
}
