import Datasets
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@testable import Evaluation

@Suite struct TaskScorerTests {
    private static let text = "Question: what is the colour of the sky? Answer: blue and 4 #### 4\n"

    @Test("a multiple-choice task gives acc, acc_norm and what every item's options scored")
    func choice() throws {
        let rows = """
            {"question": "what is the sky", "choices": ["blue", "the colour"], "gold": 0}
            {"question": "what is the colour", "choices": ["blue", "sky", "Answer"], "gold": 2}
            {"question": "and the sky", "choices": ["blue", "sky"], "gold": 1}
            """
        let result = try score("facts", ["world/facts.jsonl": rows], limit: 2)
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
        let result = try score("winogrande", ["winogrande/dev.jsonl": row])
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
            let result = try score("gsm8k", ["gsm8k/test.jsonl": row], shots: 0, template: template)
            #expect(
                result.metrics.map(\.name) == [
                    "exact_match", "exact_match_flexible", "answer_loss", "answer_bits_per_byte",
                ])
            guard case .answer(let sample) = try #require(result.samples.first) else {
                Issue.record("not a written answer")
                return
            }
            #expect(sample.prompt == prompt)
            #expect(!sample.text.contains("Question:"))
            #expect(sample.scores.keys.sorted() == ["exact_match", "exact_match_flexible"])
            // Nats per token and bits per byte are of the same likelihood.
            let nats = -(sample.goldLogLikelihood ?? 0)
            let bytes = Double(
                template == nil ? " blue #### 4".utf8.count : "blue #### 4".utf8.count)
            expectClose([result.metrics[3].score.value], [nats / log(2) / bytes])
        }
    }

    @Test("recalled identifiers are scored by place and as a whole")
    func recall() throws {
        let row = #"{"instruction": "0a1b", "input": "", "output": "c2d3"}"#
        let result = try score("uuid", ["uuid/pairs.jsonl": row])
        #expect(
            result.metrics.map(\.name).prefix(2) == ["exact_match", "character_accuracy"])
        guard case .answer(let sample) = try #require(result.samples.first) else {
            Issue.record("not a written answer")
            return
        }
        #expect(sample.prompt == "0a1b\nAnswer:\n")
        #expect(
            result.metrics[1].score.value
                == CharacterAccuracy.value(sample.text, gold: "c2d3"))
    }

    @Test("parts have numbers of their own, and the whole is the mean over all items")
    func parts() throws {
        let csv = "What?,blue,sky,the,is,A\nWhich?,blue,sky,the,is,B\n"
        var files = Dictionary(
            try Tasks.named("mmlu").parts.map { ("mmlu/test/\($0)_test.csv", csv) }
        ) { first, _ in first }
        files["mmlu/test/anatomy_test.csv"] = #""Two, \nlines?",blue,sky,the,is,C"#
        let result = try score("mmlu", files)
        #expect(result.metrics.count == 58)
        #expect(result.metrics[1].task == "mmlu_anatomy" && result.metrics[1].score.count == 1)
        let whole = try #require(result.metrics.last)
        #expect(whole.task == "mmlu" && whole.score.count == 113)
        let right = result.metrics.dropLast().reduce(0) {
            $0 + $1.score.value * Double($1.score.count)
        }
        expectClose([whole.score.value], [right / 113])
        #expect(try score("mmlu_anatomy", files).metrics.map(\.task) == ["mmlu_anatomy"])
    }

    @Test("the ends of texts have a perplexity, and count where every token is the likeliest")
    func continuations() throws {
        let rows = #"{"text": "the sky is blue"}"# + "\n" + #"{"text": "what is the colour"}"#
        let result = try score("lambada_openai", ["lambada_openai/test.jsonl": rows])
        #expect(result.metrics.map(\.name) == ["acc", "loss", "perplexity"])
        let nats = result.samples.map { sample in
            guard case .continuation(let text) = sample else { return Double.nan }
            return -text.logLikelihood
        }
        let mean = MeanScore(nats)
        expectClose(
            [result.metrics[2].score.value, result.metrics[2].score.standardError],
            [exp(mean.value), exp(mean.value) * mean.standardError], relative: 1e-9)
    }

    private func score(
        _ task: String, _ files: [String: String], limit: Int? = nil, shots: Int? = nil,
        template: PromptTemplate? = nil
    ) throws -> TaskResult {
        let tokenizer = try BPETrainer(
            vocabularySize: 280, specialTokens: ["<|endoftext|>"], preTokenizer: .smollm,
            endOfText: "<|endoftext|>"
        ).train([Self.text, Self.text])
        var random = SeededRandom(seed: 3)
        let model = try Transformer.initialised(
            ModelConfiguration(
                hiddenSize: 16, intermediateSize: 24, layerCount: 1, headCount: 2, kvHeadCount: 1,
                vocabularySize: tokenizer.vocabularySize, maxSequenceLength: 256),
            using: &random)
        return try withTemporaryFolder { folder in
            try Tasks.write(files, to: folder)
            let reader = try TaskReader(
                try Tasks.named(task), folders: [folder], shots: shots,
                asksRecords: template != nil)
            return try reader.read(first: limit).prepared(
                tokenizer: tokenizer, context: 256, template: template ?? .plain
            ).score(ScoringContext(model: model, arena: Arena()))
        }
    }
}
