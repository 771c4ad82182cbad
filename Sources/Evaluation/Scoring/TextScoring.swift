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
            let losses = self.nats(of: pieces[group].map(\.window), context)
            for (piece, loss) in zip(pieces[group], losses) { nats[piece.text] += loss }
        }
        return nats
    }

    private static func nats(
        of windows: [ScoredText.Window], _ context: ScoringContext
    ) -> [Double] {
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
        let losses = context.withTape { tape in
            let hidden = context.model.hidden(
                tokens, layout: SequenceLayout(offsets: offsets), on: tape)
            return tape.logLikelihoods(
                hidden, head: context.model.output, rows: rows, targets: targets
            ).map { -Double($0.logLikelihood) }
        }
        var next = 0
        return windows.map { window in
            defer { next += window.predicted.count }
            return losses[next..<next + window.predicted.count].reduce(0, +)
        }
    }
}
