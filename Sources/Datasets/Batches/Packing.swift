/// Joins documents into rows of equal length for continued pretraining.
package enum Packing {
    /// Rows of exactly `sequenceLength + 1` ids.
    ///
    /// Each document is followed by the end-of-text token, if the tokenizer has one. A row starts
    /// with the last id of the row before it, so every id but the very first is predicted exactly
    /// once. What is left after the last full row is dropped.
    /// - Throws: `DatasetError.textTooShort` when there is not one full row.
    package static func rows(
        _ documents: [String], sequenceLength: Int, encoder: some TextEncoder
    ) throws(DatasetError) -> [TokenizedExample] {
        precondition(sequenceLength > 0, "sequence length \(sequenceLength) must be positive")
        var ids: [Int32] = []
        for document in documents {
            ids += encoder.encodeOrdinary(document)
            if let end = encoder.endOfText { ids.append(end) }
        }
        guard ids.count > sequenceLength else {
            throw .textTooShort(tokens: ids.count, needed: sequenceLength + 1)
        }
        return stride(from: 0, to: ids.count - sequenceLength, by: sequenceLength).map { start in
            let row = Array(ids[start...start + sequenceLength])
            let text = row.dropFirst().filter { $0 != encoder.endOfText }
            return TokenizedExample(text: row, byteCount: encoder.decodeBytes(text).count)
        }
    }
}
