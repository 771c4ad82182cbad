import Datasets
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

@testable import Evaluation

@Suite struct ScoringGenerationTests {
    private func tokenizer() throws -> Tokenizer {
        try BPETrainer(
            vocabularySize: 262, specialTokens: ["<|end|>"], endOfText: "<|end|>"
        ).train(Array(repeating: "#### 12 #### 12", count: 20))
    }

    /// A model that after each token of a chain says the next one, whatever came before.
    private func model(saying chain: [Int32], vocabulary: Int) throws -> Transformer {
        let configuration = ModelConfiguration(
            hiddenSize: vocabulary, intermediateSize: 2, layerCount: 1, headCount: 1,
            kvHeadCount: 1, headSize: 2, vocabularySize: vocabulary, maxSequenceLength: 64,
            tiesEmbeddings: false)
        let model = try Transformer(configuration) { declaration in
            let parameter = try Parameter(
                declaration.name, rows: declaration.rows, columns: declaration.columns,
                isTrainable: false)
            if case .norm = declaration.role { parameter.fill(1) }
            return parameter
        }
        for token in 0..<vocabulary { model.embedding.values[token * (vocabulary + 1)] = 1 }
        for (token, next) in zip(chain, chain.dropFirst()) {
            model.head.values[Int(next) * vocabulary + Int(token)] = 1
        }
        return model
    }

    private func answers(
        saying answer: String, golds: [String], _ metric: AnswerMetric = exact
    ) throws -> [TaskSample.Answer] {
        let tokenizer = try tokenizer()
        let chain = tokenizer.encode("\n") + tokenizer.encode(answer) + [tokenizer.edges.end ?? 0]
        #expect(Set(chain).count == chain.count, "a token of the chain repeats")
        let records = golds.enumerated().map {
            Record(instruction: "question \($0.offset)", output: $0.element)
        }
        let task = try WrittenTask(
            name: "test", records: Sample(records), [metric], template: .plain,
            tokenizer: tokenizer, context: 64)
        let model = try model(saying: chain, vocabulary: tokenizer.vocabularySize)
        #expect(task.count == golds.count)
        let scores = try task.scores(ScoringContext(model: model, arena: Arena()))
        return scores.samples.compactMap {
            if case .answer(let answer) = $0 { answer } else { nil }
        }
    }

    private static let exact = AnswerMetric("right", .exactMatch(AnswerComparison()))

    @Test("what the context leaves out is told, and a question without a token is named")
    func remarks() throws {
        let records = [
            Record(instruction: String(repeating: "q", count: 50), output: "yes"),
            Record(instruction: "q", output: String(repeating: "y", count: 40)),
        ]
        func task(
            _ records: [Record], context: Int = 64
        ) throws(TaskError) -> WrittenTask {
            guard let tokenizer = try? tokenizer() else { preconditionFailure("no tokenizer") }
            return try WrittenTask(
                name: "test", records: Sample(records), [Self.exact], template: .plain,
                tokenizer: tokenizer, context: context)
        }
        let remarks = try task(records).remarks
        #expect(
            remarks == [
                "test: 1 of 2 prompts lose their start, to leave room for 32 tokens of answer in a "
                    + "context of 64",
                "test: answers end at 32 tokens, half of the context, not at 48",
            ])
        #expect(try task(records, context: 512).remarks.isEmpty)
        #expect(
            throws: TaskError.unscorable(
                task: "test", item: 2,
                reason: "nothing is asked; give it an instruction, or leave it out")
        ) { try task([records[0], Record(instruction: "", output: "text")]) }
    }

    @Test("the answer must equal the gold one")
    func exact() throws {
        let answers = try answers(
            saying: "yes", golds: ["yes", "no", "yes ", "yess", "Yes"])
        #expect(answers.map(\.text) == Array(repeating: "yes", count: 5))
        #expect(answers.map(\.scores["right"]) == [1, 0, 1, 0, 0])
        #expect(answers[1].gold == "no")
        #expect(answers[3].prompt == "question 3\nAnswer:\n")
    }

    @Test("the number after the mark must equal the gold one")
    func finalNumber() throws {
        let answers = try answers(
            saying: "so #### 12", golds: ["steps\n#### 12", "#### 13", "12 #### 1"],
            try #require(try Tasks.named("math").answerMetrics.first))
        #expect(answers.map(\.text) == Array(repeating: "so #### 12", count: 3))
        #expect(answers.map(\.scores["exact_match"]) == [1, 0, 0])
    }

    @Test("characters count one by one beside the whole answer")
    func characters() throws {
        let tokenizer = try tokenizer()
        let records = ["yes", "yet", "no"].map { Record(instruction: "q", output: $0) }
        let chain = tokenizer.encode("\nyes") + [tokenizer.edges.end ?? 0]
        let task = try WrittenTask(
            name: "test", records: Sample(records), try Tasks.named("uuid").answerMetrics,
            template: .plain, tokenizer: tokenizer, context: 64,
            writing: AnswerWriting(scoresGold: false))
        let model = try model(saying: chain, vocabulary: tokenizer.vocabularySize)
        let metrics = try task.score(ScoringContext(model: model, arena: Arena())).metrics
        #expect(metrics.map(\.name) == ["exact_match", "character_accuracy"])
        expectClose(metrics.map(\.score.value), [0.333_333_333_333, 0.555_555_555_556])
    }

    @Test("many prompts are answered in order, with progress between")
    func order() throws {
        let golds = (0..<70).map { $0 == 66 ? "yes" : "no" }
        let answers = try answers(saying: "yes", golds: golds)
        #expect(answers.indices.filter { answers[$0].scores["right"] == 1 } == [66])
        #expect(answers[69].prompt.hasPrefix("question 69"))
    }
}
