import Evaluation
import Models
import TestSupport
import Tensors
import Testing

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

    private func naive(_ item: MultipleChoiceItem, _ model: Transformer) -> [Double] {
        item.requests.map { request in
            let encoding = RequestEncoding(
                request, encoder: encoder,
                maximumLength: scoringConfiguration.maxSequenceLength)
            return naiveLogLikelihood(
                encoding.ids, from: encoding.continuationStart, model)
        }
    }

    private func task(_ items: [MultipleChoiceItem]) -> MultipleChoiceTask {
        MultipleChoiceTask(
            name: "test", items: items, encoder: encoder,
            maximumLength: scoringConfiguration.maxSequenceLength)
    }

    @Test("packed scores equal those of one request at a time")
    func equalsNaive() throws {
        let model = try smallModel(scoringConfiguration)
        let scores = try task(Self.items).scores(ScoringContext(model: model, arena: Arena()))
        #expect(scores.count == Self.items.count)
        for (item, score) in zip(Self.items, scores) {
            expectClose(score.logLikelihoods, naive(item, model), relative: 1e-4, absolute: 1e-4)
            #expect(score.lengths == item.optionLengths)
        }
        expectClose([scores[2].logLikelihoods[0]], [scores[2].logLikelihoods[1]])
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
        let task = task(items)
        var calls: [Int] = []
        let scores = try task.scores(
            ScoringContext(model: model, arena: Arena()) { done, total in
                #expect(total == 150)
                calls.append(done)
            })
        #expect(calls.first == 0 && calls.count > 1 && calls == calls.sorted())
        #expect(task.gold == items.map(\.gold))
        for index in stride(from: 0, to: 150, by: 17) {
            expectClose(
                scores[index].logLikelihoods, naive(items[index], model), relative: 1e-4,
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
