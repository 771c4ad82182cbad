internal import Models
internal import Tensors

/// How well a model predicts texts, without padding.
package enum TextScoring {
    /// Σ −log p over the predicted tokens of each text, in nats and in order.
    ///
    /// No text sees another. Where nothing is predicted the sum is 0.
    /// - Throws: What `context.progress` throws.
    package static func nats(
        of texts: [ScoredText], _ context: ScoringContext
    ) throws -> [Double] {
        let pieces = texts.enumerated().flatMap { index, text in
            text.windows.map { (text: index, window: $0) }
        }
        var nats = texts.map { _ in 0.0 }
        for group in ScoringContext.groups(rows: pieces.map { $0.window.ids.count - 1 }) {
            try context.progress(pieces[group.lowerBound].text, texts.count)
            let likelihoods = logLikelihoods(of: pieces[group].map(\.window), context)
            for (piece, values) in zip(pieces[group], likelihoods) {
                nats[piece.text] -= values.reduce(0, +)
            }
        }
        return nats
    }

    /// log p of every token of each row but its first, given those before it.
    ///
    /// No row sees another, and nothing is put before any.
    /// - Parameters:
    ///   - rows: Not longer than the model's context, and of its vocabulary.
    ///   - context: The model and the memory to score it in.
    /// - Returns: In nats, one less than there are ids; none for a row of one or none.
    /// - Throws: What `context.progress` throws.
    package static func logLikelihoods(
        of rows: [[Int32]], _ context: ScoringContext
    ) throws -> [[Double]] {
        let scored = rows.indices.filter { rows[$0].count > 1 }
        var likelihoods = rows.map { _ in [Double]() }
        for group in ScoringContext.groups(rows: scored.map { rows[$0].count - 1 }) {
            try context.progress(scored[group.lowerBound], rows.count)
            let windows = scored[group].map {
                ScoredText.Window(ids: rows[$0], predicted: 1..<rows[$0].count)
            }
            for (row, values) in zip(scored[group], logLikelihoods(of: windows, context)) {
                likelihoods[row] = values
            }
        }
        return likelihoods
    }

    /// log p of the predicted tokens of each window.
    private static func logLikelihoods(
        of windows: [ScoredText.Window], _ context: ScoringContext
    ) -> [[Double]] {
        tokens(of: windows, context).map { $0.map(\.logLikelihood) }
    }

    /// How likely each predicted token of each window is; all windows are computed together.
    static func tokens(
        of windows: [ScoredText.Window], _ context: ScoringContext
    ) -> [[TokenLikelihood]] {
        var (tokens, rows, targets): ([Int32], [Int32], [Int32]) = ([], [], [])
        var offsets = [0]
        for window in windows {
            for position in window.predicted {
                // The row of a token predicts the one after it.
                rows.append(Int32(tokens.count + position - 1))
                targets.append(window.ids[position])
            }
            tokens += window.ids.dropLast()
            offsets.append(tokens.count)
        }
        let likelihoods = context.withTape { tape in
            let hidden = context.model.hidden(
                tokens, layout: SequenceLayout(offsets: offsets), on: tape)
            return tape.logLikelihoods(
                hidden, head: context.model.output, rows: rows, targets: targets
            ).map {
                TokenLikelihood(
                    logLikelihood: Double($0.logLikelihood), isGreedy: $0.isGreedy)
            }
        }
        var next = 0
        return windows.map { window in
            defer { next += window.predicted.count }
            return Array(likelihoods[next..<next + window.predicted.count])
        }
    }
}

/// How likely a model found a token.
struct TokenLikelihood: Sendable {
    /// In nats.
    let logLikelihood: Double
    /// Whether no other token was likelier.
    let isGreedy: Bool
}
