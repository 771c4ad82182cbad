import Datasets
import Models
import TestSupport
import Tensors
import Testing
import Tokenizers

@testable import Evaluation

@Suite struct ScoringTextTests {
    private let encoder = CharacterEncoder()

    private func answer(_ instruction: String, _ output: String) throws -> (
        TokenizedExample, ScoredText
    ) {
        let record = Record(instruction: instruction, output: output)
        let example = try TokenizedExample(
            record, template: .plain, mask: .response, encoder: encoder)
        return (example, ScoredText(answerOf: record, example, context: 64, encoder: encoder))
    }

    @Test("the losses of answers and documents equal those of one at a time")
    func equalsNaive() throws {
        let model = try smallModel(scoringConfiguration)
        let answers = try [answer("what is it", "a cat"), answer("and", "no"), answer("q", "x")]
        let text = "a text of its own"
        let documents = [text, "x", "another"].map {
            ScoredText(document: $0, context: 64, encoder: encoder)
        }
        let nats = try TextScoring.nats(
            of: answers.map(\.1) + documents, ScoringContext(model: model, arena: Arena()))
        var expected = answers.map { example, _ in
            // The mark at the end is not scored.
            -naiveLogLikelihood(
                Array(example.ids.prefix(example.responseEnd)), from: example.responseStart, model)
        }
        expected += [
            -naiveLogLikelihood(encoder.encode(text), from: 1, model), 0,
            -naiveLogLikelihood(encoder.encode("another"), from: 1, model),
        ]
        expectClose(nats, expected, relative: 1e-5)
        #expect(answers.map(\.1.tokenCount) == [5, 2, 1])
        #expect(answers.map(\.1.byteCount) == [5, 2, 1])
    }

    @Test("a document that is longer than the context is read in windows")
    func windows() throws {
        let model = try smallModel(scoringConfiguration)
        let ids = encoder.encode("a text that goes on")
        let text = ScoredText(document: "a text that goes on", context: 8, encoder: encoder)
        let nats = try TextScoring.nats(of: [text], ScoringContext(model: model, arena: Arena()))
        let expected = [0..<9, 8..<17, 16..<19].reduce(0.0) {
            $0 - naiveLogLikelihood(Array(ids[$1]), from: 1, model)
        }
        expectClose(nats, [expected], relative: 1e-5)
    }

    @Test("what stands beside a document does not change its loss")
    func alone() throws {
        let model = try smallModel(scoringConfiguration)
        let context = ScoringContext(model: model, arena: Arena())
        let texts = ["one text", "quite another", "and the third"].map {
            ScoredText(document: $0, context: 64, encoder: encoder)
        }
        let together = try TextScoring.nats(of: texts, context)
        let apart = try texts.flatMap { try TextScoring.nats(of: [$0], context) }
        expectClose(together, apart, relative: 1e-6)
    }

    @Test("a token is predicted from the one before it: a target that is shifted shows")
    func shifted() throws {
        // After each token the model says the next number, whatever came before.
        let count = 12
        let model = try Transformer(
            ModelConfiguration(
                hiddenSize: count, intermediateSize: 2, layerCount: 1, headCount: 1,
                kvHeadCount: 1, headSize: 2, vocabularySize: count, maxSequenceLength: 32,
                tiesEmbeddings: false)
        ) { declaration in
            let parameter = try Parameter(
                declaration.name, rows: declaration.rows, columns: declaration.columns,
                isTrainable: false)
            if case .norm = declaration.role { parameter.fill(1) }
            return parameter
        }
        for token in 0..<count {
            model.embedding.values[token * (count + 1)] = 1
            model.head.values[(token + 1) % count * count + token] = 2
        }
        let texts = ["bcdefg", "fghij", "bbbbbb"].map {
            ScoredText(document: $0, context: 32, encoder: LetterEncoder())
        }
        let nats = try TextScoring.nats(of: texts, ScoringContext(model: model, arena: Arena()))
        let losses = zip(nats, texts).map { $0 / Double($1.tokenCount) }
        #expect(losses[0] < 0.05 && losses[1] < 0.05, "\(losses)")
        #expect(losses[2] > 5, "\(losses)")
    }

    @Test("scoring ends with the error that an interruption throws")
    func interruption() throws {
        let model = try smallModel(scoringConfiguration)
        let context = ScoringContext(model: model, arena: Arena()) { _, _ in throw Interruption() }
        #expect(throws: Interruption.self) {
            try TextScoring.nats(of: [answer("q", "a").1], context)
        }
        #expect(try TextScoring.nats(of: [], context).isEmpty)
    }
}

/// `a` is 0, `b` is 1, and so on.
private struct LetterEncoder: TextEncoder {
    var edges: TextEdges { TextEdges() }
    func encode(_ text: String) -> [Int32] {
        text.unicodeScalars.map { Int32($0.value) - 97 }
    }
    func encodeOrdinary(_ text: String) -> [Int32] { encode(text) }
    func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
    func id(ofSpecial text: String) -> Int32? { nil }
}
