import Datasets
import Evaluation
import Models
import TestSupport
import Tensors
import Testing

@Suite struct ScoringTextTests {
    private let encoder = CharacterEncoder()

    private func example(_ instruction: String, _ output: String) -> TokenizedExample {
        TokenizedExample(
            Record(instruction: instruction, output: output), template: .plain, mask: .response,
            encoder: encoder)
    }

    @Test("the loss of answers and texts equals that of one at a time")
    func equalsNaive() throws {
        let model = try smallModel(scoringConfiguration)
        let answers = [example("what is it", "a cat"), example("and", "no"), example("q", "x")]
        let text = TokenizedExample(text: [3, 1, 4, 1, 5, 9, 2, 6], byteCount: 70)
        let score = try AnswerScoring.score(
            answers + [text], ScoringContext(model: model, arena: Arena()))
        var expected = -naiveLogLikelihood(text.ids, from: 1, model)
        for answer in answers {
            // The mark at the end is read as part of the sequence but not scored.
            let scored = Array(answer.ids.prefix(answer.responseEnd))
            #expect(answer.ids.count == scored.count + 1)
            expected -= naiveLogLikelihood(scored, from: answer.responseStart, model)
        }
        #expect(score.tokens == 5 + 2 + 1 + 7)
        #expect(score.bytes == 5 + 2 + 1 + 70)
        expectClose([score.nats], [expected], relative: 1e-5)
        expectClose([score.loss], [expected / 15], relative: 1e-5)
    }

    @Test("no example gives no score, and one without a prediction counts nothing")
    func nothing() throws {
        let model = try smallModel(scoringConfiguration)
        let context = ScoringContext(model: model, arena: Arena())
        #expect(try AnswerScoring.score([], context).tokens == 0)
        let single = TokenizedExample(text: [5], byteCount: 0)
        #expect(try AnswerScoring.score([single], context).tokens == 0)
        let pair = TokenizedExample(text: [5, 6], byteCount: 1)
        let score = try AnswerScoring.score([single, pair, single], context)
        #expect(score.tokens == 1)
        expectClose([score.nats], [-naiveLogLikelihood([5, 6], from: 1, model)], relative: 1e-5)
    }

    @Test("scoring ends with the error that an interruption throws")
    func interruption() throws {
        let model = try smallModel(scoringConfiguration)
        let context = ScoringContext(model: model, arena: Arena()) { _, _ in throw Interruption() }
        #expect(throws: Interruption.self) {
            try AnswerScoring.score([example("q", "a")], context)
        }
    }
}
