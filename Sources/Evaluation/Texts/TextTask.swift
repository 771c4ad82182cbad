package import Datasets
internal import Tokenizers

/// Whole texts that a model predicts: perplexities, and the loss of a token.
package struct TextTask: Sendable {
    package let name: String
    /// How many texts the data have, of which some may have been left out.
    package let total: Int
    /// Of each text.
    package let wordCounts: [Int]
    package let byteCounts: [Int]
    let texts: [ScoredText]

    /// Texts for a model that reads `context` tokens.
    ///
    /// - Throws: `TaskError.unscorable` if nothing can stand before the first token of a text.
    package init(
        name: String, pages: Sample<TextPage>, context: Int, encoder: some TextEncoder
    ) throws(TaskError) {
        self.name = name
        total = pages.total
        wordCounts = pages.items.map(\.wordCount)
        byteCounts = pages.items.map(\.byteCount)
        var texts: [ScoredText] = []
        for (page, place) in zip(pages.items, pages.places) {
            do {
                texts.append(try ScoredText(page: page, context: context, encoder: encoder))
            } catch {
                throw .unscorable(task: name, item: place, reason: error.description)
            }
        }
        self.texts = texts
    }

    package var tokenCounts: [Int] { texts.map(\.tokenCount) }
    /// Stand for the texts, in order; see `ItemHash`.
    package var hashes: [UInt64] { texts.map(\.hash) }
    /// How many rows a model computes.
    package var rowCount: Int { texts.reduce(0) { $0 + $1.rowCount } }

    /// Σ −log p over the tokens of each text, in nats and in order.
    ///
    /// - Throws: What `context.progress` throws.
    package func nats(_ context: ScoringContext) throws -> [Double] {
        try TextScoring.nats(of: texts, context)
    }
}
