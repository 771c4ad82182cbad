package import Datasets
internal import Foundation
internal import Tokenizers

/// Whole texts that a model predicts: the loss of a token, perplexities of words and bytes, and bits.
///
/// Perplexities are `exp(Σ nats / Σ words)` and `exp(Σ nats / Σ bytes)` over all texts. Their standard
/// errors follow from that of the ratio by the delta method; lm-evaluation-harness gives none.
/// - Reference: lm-evaluation-harness 0.4.13, output type `loglikelihood_rolling`.
package struct TextTask: PreparedTask {
    package let name: String
    package let total: Int
    private let pages: [TextPage]
    private let texts: [ScoredText]

    /// Texts for a model that reads `context` tokens.
    ///
    /// - Throws: `TaskError.unscorable` if nothing can stand before the first token of a text.
    package init(
        name: String, pages: Sample<TextPage>, context: Int, encoder: some TextEncoder
    ) throws(TaskError) {
        self.name = name
        self.pages = pages.items
        total = pages.total
        texts = try pages.encoded(for: name) { page throws(RequestProblem) in
            try ScoredText(page: page, context: context, encoder: encoder)
        }
    }

    package var hashes: [UInt64] { texts.map(\.hash) }
    package var work: TaskWork { TaskWork(rows: texts.reduce(0) { $0 + $1.rowCount }) }

    package var measures: [TaskMeasure] {
        let (words, bytes) = (pages.map(\.wordCount), pages.map(\.byteCount))
        return [
            TaskMeasure(
                "loss", .loss, counts: texts.map(\.tokenCount), "cross-entropy of every token"),
            TaskMeasure(
                "word_perplexity", .count, counts: words, form: .exponential,
                "e to the power of the nats of a word"),
            TaskMeasure(
                "byte_perplexity", .count, counts: bytes, form: .exponential,
                "e to the power of the nats of a byte"),
            TaskMeasure(
                "bits_per_byte", .bits, counts: bytes, "bits needed per UTF-8 byte of the texts"),
        ]
    }

    package func scores(_ context: ScoringContext) throws -> TaskScores {
        let nats = try TextScoring.nats(of: texts, context)
        let samples = texts.indices.map { index in
            TaskSample.text(
                .init(
                    task: name, index: index, text: pages[index].original,
                    logLikelihood: -nats[index], tokens: texts[index].tokenCount))
        }
        return TaskScores(
            sums: [nats, nats, nats, nats.map { $0 / log(2) }], samples: samples)
    }
}
