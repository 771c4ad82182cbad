package import Datasets
internal import Models
internal import Tensors

/// How well a model predicts texts: the sum of its losses over the tokens that count.
package struct TextScore: Sendable, Equatable {
    /// Σ −log p, in nats.
    package var nats = 0.0
    package var tokens = 0
    package var bytes = 0

    package init() {}

    /// Nats per token; not a number for no token.
    package var loss: Double { nats / Double(tokens) }
    /// Not a number for no byte.
    package var bitsPerByte: Double {
        Accuracy.bitsPerByte(negativeLogLikelihood: nats, byteCount: bytes)
    }
}

/// Loss on texts and gold answers, without padding.
package enum AnswerScoring {
    /// The loss of the responses of examples (for plain text: of everything but the first token).
    ///
    /// The token that ends a response does not count, nor does an example of a single token.
    /// - Throws: What `context.progress` throws.
    package static func score(
        _ examples: [TokenizedExample], _ context: ScoringContext
    ) throws -> TextScore {
        let examples = examples.filter { $0.ids.count > 1 }
        var score = TextScore()
        var done = 0
        for group in ScoringContext.groups(rows: examples.map { $0.ids.count - 1 }) {
            try context.progress(done, examples.count)
            add(examples[group], context, to: &score)
            done = group.upperBound
        }
        return score
    }

    private static func add(
        _ examples: ArraySlice<TokenizedExample>, _ context: ScoringContext,
        to score: inout TextScore
    ) {
        var (tokens, rows, targets): ([Int32], [Int32], [Int32]) = ([], [], [])
        var offsets = [0]
        for example in examples {
            for position in example.answerRange {
                rows.append(Int32(tokens.count + position - 1))
                targets.append(example.ids[position])
            }
            tokens += example.ids.dropLast()
            offsets.append(tokens.count)
            score.bytes += example.responseByteCount
        }
        score.tokens += rows.count
        score.nats -= context.withTape { tape in
            let hidden = context.model.hidden(
                tokens, layout: SequenceLayout(offsets: offsets), on: tape)
            return tape.logLikelihoods(
                hidden, head: context.model.head, rows: rows, targets: targets
            ).reduce(0.0) { $0 + Double($1.logLikelihood) }
        }
    }
}
