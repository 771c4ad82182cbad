/// Examples ready for training, with an account of what did not fit.
package struct TokenizedDataset: Sendable {
    package let examples: [TokenizedExample]
    /// How many examples lost their end.
    package let truncatedCount: Int
    /// How many records were left out because no token with loss remained.
    package let droppedCount: Int

    /// Encodes records and cuts each to `sequenceLength` predictions.
    /// - Throws: `DatasetError.nothingToLearn` when no example is left.
    package init(
        _ records: [Record], template: PromptTemplate, mask: LossMask, sequenceLength: Int,
        encoder: some TextEncoder
    ) throws(DatasetError) {
        var kept: [TokenizedExample] = []
        var truncated = 0
        for record in records {
            var example = TokenizedExample(
                record, template: template, mask: mask, encoder: encoder)
            let wasCut = example.truncate(toSequenceLength: sequenceLength, encoder: encoder)
            guard example.carriesLoss else { continue }
            kept.append(example)
            truncated += wasCut ? 1 : 0
        }
        guard !kept.isEmpty else {
            throw .nothingToLearn(records: records.count, sequenceLength: sequenceLength)
        }
        examples = kept
        truncatedCount = truncated
        droppedCount = records.count - kept.count
    }
}
