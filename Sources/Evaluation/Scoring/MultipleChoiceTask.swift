package import Datasets
internal import Models
internal import Tensors

/// A multiple-choice task made ready for a tokenizer: encoded once, scored many times.
///
/// Options of an item are scored by the summed log-likelihood of their continuation. The tokens
/// that all of them begin with are computed once, and items are packed without padding.
package struct MultipleChoiceTask: Sendable {
    package let name: String
    /// How many items the data have, of which some may have been left out.
    package let total: Int
    private let items: [EncodedItem]
    /// Whether the options of every item follow the same context, so that `acc_norm` says something.
    package let sharesContext: Bool
    /// What the model's context leaves out, in words.
    package let remarks: [String]

    /// - Parameters:
    ///   - name: The task's name in tables.
    ///   - items: What to score.
    ///   - encoder: The model's tokenizer.
    ///   - maximumLength: The model's context; longer requests lose tokens at their start.
    /// - Throws: `TaskError.unscorable` for an item with an option that cannot be scored.
    package init(
        name: String, items: Sample<MultipleChoiceItem>, encoder: some TextEncoder,
        maximumLength: Int
    ) throws(TaskError) {
        self.name = name
        total = items.total
        var encoded: [EncodedItem] = []
        for (place, item) in zip(items.places, items.items) {
            do throws(RequestProblem) {
                encoded.append(
                    try EncodedItem(item, encoder: encoder, maximumLength: maximumLength))
            } catch {
                throw .unscorable(task: name, item: place, reason: "\(error)")
            }
        }
        self.items = encoded
        let cut = encoded.count { $0.isCut }
        remarks =
            cut == 0
            ? []
            : [
                "\(name): \(cut) of \(encoded.count) items lose the start of a text longer than the "
                    + "context of \(maximumLength)"
            ]
        sharesContext = items.items.allSatisfy(\.sharesContext)
    }

    package var count: Int { items.count }
    /// How many rows a model computes to score all of them.
    package var rowCount: Int { items.reduce(0) { $0 + $1.rowCount } }
    package var gold: [Int] { items.map(\.gold) }
    /// Stand for the items, in order; see `ItemHash`.
    package var hashes: [UInt64] { items.map(\.hash) }

    /// `acc`, and `acc_norm` if the options of every item follow the same context.
    package func metrics(of scores: [OptionScores]) -> [TaskResult.Metric] {
        let plain = TaskResult.Metric(name: "acc", score: Accuracy.plain(scores, gold: gold))
        guard sharesContext else { return [plain] }
        return [plain, .init(name: "acc_norm", score: Accuracy.normalised(scores, gold: gold))]
    }

    /// The log-likelihood of every option of every item.
    ///
    /// - Throws: What `context.progress` throws.
    package func scores(_ context: ScoringContext) throws -> [OptionScores] {
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
