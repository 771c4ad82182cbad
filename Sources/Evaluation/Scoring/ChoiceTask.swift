package import Datasets
internal import Models
internal import Tensors

/// A multiple-choice task made ready for a tokenizer: encoded once, scored many times.
///
/// Options of an item are scored by the summed log-likelihood of their continuation. The tokens
/// that all of them begin with are computed once, and items are packed without padding.
package struct ChoiceTask: PreparedTask {
    package let name: String
    package let total: Int
    package let parts: [String]
    package let remarks: [String]
    private let texts: [MultipleChoiceItem]
    private let items: [EncodedItem]
    private let metrics: [ChoiceMetric]

    /// - Parameters:
    ///   - name: The task's name in tables.
    ///   - items: What to score.
    ///   - encoder: The model's tokenizer.
    ///   - maximumLength: The model's context; longer requests lose tokens at their start.
    ///   - metrics: What is counted; `acc_norm` says nothing more than `acc` where options do not follow
    ///     the same context.
    /// - Throws: `TaskError.unscorable` for an item with an option that cannot be scored.
    package init(
        name: String, items: Sample<MultipleChoiceItem>, encoder: some TextEncoder,
        maximumLength: Int, metrics: [ChoiceMetric] = ChoiceMetric.allCases
    ) throws(TaskError) {
        self.name = name
        self.metrics = metrics
        texts = items.items
        parts = items.items.map(\.part)
        total = items.total
        self.items = try items.encoded(for: name) { item throws(RequestProblem) in
            try EncodedItem(item, encoder: encoder, maximumLength: maximumLength)
        }
        remarks =
            RequestEncoding.remark(self.items.map(\.isCut), task: name, maximumLength).map { [$0] }
            ?? []
    }

    package var work: TaskWork { TaskWork(rows: items.reduce(0) { $0 + $1.rowCount }) }
    package var hashes: [UInt64] { items.map(\.hash) }
    package var measures: [TaskMeasure] {
        metrics.map { TaskMeasure(share: $0.rawValue, of: items.count, $0.summary) }
    }

    package func scores(_ context: ScoringContext) throws -> TaskScores {
        let scores = try optionScores(context)
        let sums = metrics.map { metric in
            zip(scores, items).map { metric.choice(of: $0) == $1.gold ? 1.0 : 0 }
        }
        return TaskScores(
            sums: sums,
            samples: zip(texts, scores).enumerated().map { sample($0, $1.0, $1.1) })
    }

    private func sample(
        _ index: Int, _ item: MultipleChoiceItem, _ scores: OptionScores
    ) -> TaskSample {
        .choice(
            .init(
                task: name(ofPart: item.part), index: index,
                contexts: item.requests.map(\.context),
                continuations: item.requests.map(\.continuation),
                logLikelihoods: scores.logLikelihoods, gold: item.gold, choice: scores.choice,
                normalisedChoice: metrics.contains(.accNorm) ? scores.normalisedChoice : nil))
    }

    /// The log-likelihood of every option of every item.
    ///
    /// - Throws: What `context.progress` throws.
    package func optionScores(_ context: ScoringContext) throws -> [OptionScores] {
        var scores: [OptionScores] = []
        scores.reserveCapacity(items.count)
        for group in ScoringContext.groups(rows: items.map(\.rowCount)) {
            try context.progress(scores.count, items.count)
            scores += context.withTape { tape in
                Self.scores(items[group], context: context, tape: tape)
            }
        }
        return scores
    }

    private static func scores(
        _ items: ArraySlice<EncodedItem>, context: ScoringContext, tape: Tape
    ) -> [OptionScores] {
        var batch = RequestBatch()
        for item in items { batch.append(item) }
        let hidden = context.model.hidden(batch.tokens, layout: batch.layout, on: tape)
        let likelihoods = tape.logLikelihoods(
            hidden, head: context.model.output, rows: batch.rows, targets: batch.targets)
        var next = 0
        return items.map { item in
            let perOption = item.options.indices.map { index in
                let count = item.options[index].count - item.continuationStarts[index]
                defer { next += count }
                return likelihoods[next..<next + count].reduce(0.0) {
                    $0 + Double($1.logLikelihood)
                }
            }
            return OptionScores(logLikelihoods: perOption, lengths: item.optionLengths)
        }
    }
}

extension ChoiceMetric {
    fileprivate var summary: String {
        switch self {
        case .acc: "share of items whose best option by summed log-likelihood is right"
        case .accNorm: "as acc, with the log-likelihood divided by the option's characters"
        }
    }

    /// The option that counts as chosen.
    fileprivate func choice(of scores: OptionScores) -> Int? {
        switch self {
        case .acc: scores.choice
        case .accNorm: scores.normalisedChoice
        }
    }
}

/// An item as tokens.
private struct EncodedItem: Sendable {
    let gold: Int
    let optionLengths: [Int]
    /// Context and continuation of every option.
    let options: [[Int32]]
    let continuationStarts: [Int]
    /// Tokens that all options begin with, at most all but the last of each.
    let sharedCount: Int
    let isCut: Bool
    let hash: UInt64

    init(
        _ item: MultipleChoiceItem, encoder: some TextEncoder, maximumLength: Int
    ) throws(RequestProblem) {
        var encodings: [RequestEncoding] = []
        for request in item.requests {
            encodings.append(
                try RequestEncoding(request, encoder: encoder, maximumLength: maximumLength))
        }
        isCut = encodings.contains(where: \.isCut)
        hash = ItemHash.of(item.requests.flatMap { [$0.context, $0.continuation] })
        gold = item.gold
        optionLengths = item.optionLengths
        options = encodings.map(\.ids)
        continuationStarts = encodings.map(\.continuationStart)
        var shared = encodings.reduce(Int.max) { min($0, $1.ids.count - 1) }
        for option in options.dropFirst() {
            shared = zip(options[0].prefix(shared), option).prefix { $0 == $1 }.count
        }
        sharedCount = shared
    }

    /// Rows that the item takes in a batch.
    var rowCount: Int {
        options.reduce(sharedCount) { $0 + $1.count - 1 - sharedCount }
    }
}

/// Rows of several items, and where the targets are.
private struct RequestBatch {
    var tokens: [Int32] = []
    var layout = SequenceLayout()
    var rows: [Int32] = []
    var targets: [Int32] = []

    mutating func append(_ item: EncodedItem) {
        let sharedStart = tokens.count
        var shared: Int?
        if item.sharedCount > 0 {
            tokens += item.options[0].prefix(item.sharedCount)
            shared = layout.append(count: item.sharedCount)
        }
        for (option, continuationStart) in zip(item.options, item.continuationStarts) {
            let own = option[item.sharedCount..<option.count - 1]
            let ownStart = tokens.count
            if !own.isEmpty {
                tokens += own
                layout.append(count: own.count, continuing: shared)
            }
            for position in continuationStart..<option.count {
                let row = position - 1
                rows.append(
                    Int32(
                        row < item.sharedCount
                            ? sharedStart + row : ownStart + row - item.sharedCount))
                targets.append(option[position])
            }
        }
    }
}
