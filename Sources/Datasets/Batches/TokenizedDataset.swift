/// Examples ready for training, with an account of what did not fit.
package struct TokenizedDataset: Sendable {
    package let examples: [TokenizedExample]
    /// How many examples lost their end.
    package let truncatedCount: Int
    /// How many records were left out because no token with loss remained.
    package let droppedCount: Int

    /// Encodes records and cuts each to `sequenceLength` predictions.
    /// - Throws: `DatasetError.nothingToLearn` when no example is left, `.noTokens` for a record of
    ///   which the vocabulary knows no character, `.unfit` for those that have no place in the template.
    package init(
        _ records: [Record], template: PromptTemplate, mask: LossMask, sequenceLength: Int,
        encoder: some TextEncoder
    ) throws(DatasetError) {
        var kept: [TokenizedExample] = []
        var truncated = 0
        let layouts = try template.laidOut(Sample(records))
        for (layout, place) in zip(layouts.items, layouts.places) {
            var example = TokenizedExample(
                layout, template: template, mask: mask, encoder: encoder)
            if let part = example.lostPart(of: layout, encoder) {
                throw .noTokens(record: place, part: part)
            }
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

    /// Whether an answer, or what truncation left of it, has a token that is predicted.
    package var hasAnswers: Bool { examples.contains { $0.answerRange.isEmpty == false } }
}
