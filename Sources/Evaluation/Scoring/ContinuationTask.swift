package import Datasets
internal import Models
internal import Tensors

/// Texts whose ends a model predicts, as LAMBADA's last words.
///
/// `acc` is the share of ends of which every token is the most likely one; `perplexity` is
/// `exp(Σ nats / items)`.
/// - Reference: lm-evaluation-harness 0.4, output type `loglikelihood`.
package struct ContinuationTask: PreparedTask {
    package let name: String
    package let total: Int
    package let parts: [String]
    package let remarks: [String]
    private let items: [ContinuationItem]
    private let encodings: [RequestEncoding]

    /// - Parameters: as of `ChoiceTask`.
    /// - Throws: `TaskError.unscorable` for an item whose end cannot be scored.
    package init(
        name: String, items: Sample<ContinuationItem>, encoder: some TextEncoder, context: Int
    ) throws(TaskError) {
        encodings = try items.encoded(for: name) { item throws(RequestProblem) in
            try RequestEncoding(item.request, encoder: encoder, maximumLength: context)
        }
        self.name = name
        self.items = items.items
        total = items.total
        parts = items.items.map(\.part)
        remarks =
            RequestEncoding.remark(encodings.map(\.isCut), task: name, context).map { [$0] } ?? []
    }

    package var hashes: [UInt64] {
        items.map { ItemHash.of([$0.request.context, $0.request.continuation]) }
    }
    package var work: TaskWork { TaskWork(rows: encodings.reduce(0) { $0 + $1.ids.count - 1 }) }
    package var measures: [TaskMeasure] {
        [
            TaskMeasure(
                share: "acc", of: items.count,
                "share of texts every token of whose end is the most likely one"),
            TaskMeasure(
                "loss", .loss, counts: encodings.map(\.continuationCount),
                "cross-entropy of the ends of texts"),
            TaskMeasure(
                "perplexity", .count, counts: items.map { _ in 1 }, form: .exponential,
                "e to the power of the nats of an end, on average"),
        ]
    }

    package func scores(_ context: ScoringContext) throws -> TaskScores {
        let windows = encodings.map(\.window)
        var scored: [[TokenLikelihood]] = []
        for group in ScoringContext.groups(rows: windows.map { $0.ids.count - 1 }) {
            try context.progress(scored.count, windows.count)
            scored += TextScoring.tokens(of: Array(windows[group]), context)
        }
        let nats = scored.map { -$0.reduce(0) { $0 + $1.logLikelihood } }
        let isRight = scored.map { $0.allSatisfy(\.isGreedy) }
        let samples = items.indices.map { index in
            TaskSample.continuation(
                .init(
                    task: name(ofPart: parts[index]), index: index,
                    context: items[index].request.context,
                    continuation: items[index].request.continuation, logLikelihood: -nats[index],
                    isGreedy: isRight[index]))
        }
        return TaskScores(sums: [isRight.map { $0 ? 1 : 0 }, nats, nats], samples: samples)
    }
}
