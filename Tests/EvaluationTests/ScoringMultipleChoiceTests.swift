import Datasets
import Evaluation
import Models
import TestSupport
import Tensors
import Testing
import Tokenizers

@Suite struct ScoringMultipleChoiceTests {
    private let encoder = CharacterEncoder()

    private static let items = [
        MultipleChoiceItem(context: "a cat sat on", options: ["a mat", "the moon", "x"], gold: 0),
        MultipleChoiceItem(context: "same start", options: ["ab", "abc", "abcd"], gold: 2),
        MultipleChoiceItem(context: "twice", options: ["one", "one"], gold: 1),
        MultipleChoiceItem(context: "only", options: ["answer"], gold: 0),
        MultipleChoiceItem(context: "", options: ["no context", "at all"], gold: 0),
        MultipleChoiceItem(
            contexts: ["the dog", "the bird", "the dogs"], ending: "sang", gold: 1),
        MultipleChoiceItem(contexts: ["x", "quite another"], ending: "end", gold: 0),
        MultipleChoiceItem(
            context: String(repeating: "a very long context ", count: 8),
            options: ["short", String(repeating: "long", count: 10)], gold: 0),
    ]

    private func naive(_ item: MultipleChoiceItem, _ model: Transformer) throws -> [Double] {
        try item.requests.map { request in
            let encoding = try RequestEncoding(
                request, encoder: encoder,
                maximumLength: scoringConfiguration.maxSequenceLength)
            return naiveLogLikelihood(
                encoding.ids, from: encoding.continuationStart, model)
        }
    }

    private func task(_ items: [MultipleChoiceItem]) throws -> ChoiceTask {
        try ChoiceTask(
            name: "test", items: Sample(items), encoder: encoder,
            maximumLength: scoringConfiguration.maxSequenceLength)
    }

    @Test("packed scores equal those of one request at a time")
    func equalsNaive() throws {
        let model = try smallModel(scoringConfiguration)
        let scores = try task(Self.items).optionScores(ScoringContext(model: model, arena: Arena()))
        #expect(scores.count == Self.items.count)
        for (item, score) in zip(Self.items, scores) {
            expectClose(
                score.logLikelihoods, try naive(item, model), relative: 1e-4, absolute: 1e-4)
            #expect(score.lengths == item.optionLengths)
        }
        expectClose([scores[2].logLikelihoods[0]], [scores[2].logLikelihoods[1]])
    }

    @Test("an option of no tokens of its own never wins for that")
    func swallowedOption() throws {
        let encoder = WordEncoder()
        let item = MultipleChoiceItem(context: "q:", options: ["no", "yes"], gold: 0)
        let joined = MultipleChoiceItem(
            contexts: ["a", "b"], ending: "", gold: 0)
        let task = try ChoiceTask(
            name: "test", items: Sample([item, joined]), encoder: SmallIDs(encoder),
            maximumLength: 64)
        let model = try smallModel(scoringConfiguration)
        let scores = try task.optionScores(ScoringContext(model: model, arena: Arena()))
        #expect(scores.allSatisfy { $0.logLikelihoods.allSatisfy { $0 < 0 } })
    }

    /// Ids that a small model has; `: yes` is one token.
    private struct SmallIDs: TextEncoder {
        let encoder: WordEncoder
        let edges = TextEdges(ends: [0])

        init(_ encoder: WordEncoder) { self.encoder = encoder }

        func encode(_ text: String) -> [Int32] {
            encoder.encode(text.replacing(": yes", with: ":yes")).map { 1 + $0 % 22 }
        }
        func encodeOrdinary(_ text: String) -> [Int32] { encode(text) }
        func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
        func id(ofSpecial text: String) -> Int32? { nil }
    }

    @Test("what the context leaves out is told, and an item that cannot be scored is named")
    func remarks() throws {
        #expect(
            try task(Self.items).remarks == [
                "test: 1 of 8 items lose the start of a text longer than the context of 64"
            ])
        let long = MultipleChoiceItem(
            context: "q", options: ["a", String(repeating: "long", count: 20)], gold: 0)
        #expect {
            try task([Self.items[0], long])
        } throws: {
            "\($0)".hasPrefix("task 'test', item 2: an option has 81 tokens, but the model reads")
        }
        #expect(try task([Self.items[0]]).remarks.isEmpty)
    }

    @Test("many items make several groups and keep their order")
    func groups() throws {
        let model = try smallModel(scoringConfiguration)
        let items = (0..<150).map { index in
            MultipleChoiceItem(
                context: "question number \(index) is",
                options: ["yes \(index)", "no \(index * 7)"],
                gold: index % 2)
        }
        let task = try task(items)
        var calls: [Int] = []
        let scores = try task.optionScores(
            ScoringContext(model: model, arena: Arena()) { done, total in
                #expect(total == 150)
                calls.append(done)
            })
        #expect(calls.first == 0 && calls.count > 1 && calls == calls.sorted())
        #expect(task.measures.map(\.name) == ["acc", "acc_norm"] && task.count == 150)
        for index in stride(from: 0, to: 150, by: 17) {
            expectClose(
                scores[index].logLikelihoods, try naive(items[index], model), relative: 1e-4,
                absolute: 1e-4)
        }
    }

    @Test("scoring ends with the error that an interruption throws")
    func interruption() throws {
        let model = try smallModel(scoringConfiguration)
        let context = ScoringContext(model: model, arena: Arena()) { _, _ in throw Interruption() }
        #expect(throws: Interruption.self) { try task(Self.items).scores(context) }
    }
}
