internal import Tokenizers

/// Documents joined into rows of equal length, for continued pretraining and held-out loss.
package struct PackedText: Sendable {
    /// Rows of exactly `sequenceLength + 1` ids.
    package let rows: [TokenizedExample]
    /// The tokens after the last full row, which are in none.
    package let leftOverCount: Int

    /// Joins documents.
    ///
    /// Each is preceded and followed by what the tokenizer puts around every text, and ends with the
    /// token that ends a text, if there is one. A row starts with the last id of the row before it, so every id
    /// but the very first is predicted exactly once.
    /// - Throws: `DatasetError.textTooShort` when there is not one full row.
    package init(
        _ documents: [String], sequenceLength: Int, encoder: some TextEncoder
    ) throws(DatasetError) {
        precondition(sequenceLength > 0, "sequence length \(sequenceLength) must be positive")
        let edges = encoder.edges
        var ids: [Int32] = []
        for document in documents {
            ids += edges.closed(encoder.encodeOrdinary(document))
        }
        guard ids.count > sequenceLength else {
            throw .textTooShort(tokens: ids.count, needed: sequenceLength + 1)
        }
        let marks = Set(edges.prefix + edges.suffix + [edges.end].compactMap { $0 })
        let starts = stride(from: 0, to: ids.count - sequenceLength, by: sequenceLength)
        rows = starts.map { start in
            let row = Array(ids[start...start + sequenceLength])
            let text = row.dropFirst().filter { !marks.contains($0) }
            return TokenizedExample(text: row, byteCount: encoder.decodeBytes(text).count)
        }
        leftOverCount = ids.count - 1 - rows.count * sequenceLength
    }
}
