package import Datasets
internal import Tokenizers

extension ScoredText {
    /// A whole text, every token of which is predicted once, the first after a mark that stands before
    /// it.
    ///
    /// The mark is the token that begins a text, or else the one that ends it; what the tokenizer puts at
    /// the edges of a text is predicted with it. The first window predicts as many tokens as the model
    /// reads, each later one as many more after the last token of the one before; the last is
    /// extended to the left, so that what it predicts stands after as much as the model reads.
    ///
    /// A document of a study (`init(document:)`) is read otherwise: nothing stands before its first
    /// token, which is not predicted, and its last window is not extended. Its losses stand in stored
    /// runs, so both forms stay what they are.
    /// - Parameters:
    ///   - page: The text; bytes are counted as it was published.
    ///   - context: How many tokens the model reads at most.
    ///   - encoder: Makes the tokens.
    /// - Throws: `RequestProblem.nothingBefore` for a tokenizer without such a mark.
    /// - Reference: lm-evaluation-harness 0.4.13, `HFLM.loglikelihood_rolling`,
    ///   `get_rolling_token_windows` with a context of 1.
    package init(
        page: TextPage, context: Int, encoder: some TextEncoder
    ) throws(RequestProblem) {
        guard let mark = encoder.edges.beginning ?? encoder.edges.end else { throw .nothingBefore }
        let ids = encoder.encode(page.text)
        let whole = ids.first == encoder.edges.beginning ? ids : encoder.edges.marked(ids)
        self.init(
            hash: ItemHash.of([page.original]), windows: Self.windows([mark] + whole, context),
            byteCount: page.byteCount)
    }

    /// Windows over a text whose first id stands before it.
    private static func windows(_ ids: [Int32], _ context: Int) -> [Window] {
        var windows: [Window] = []
        var next = 1
        while next < ids.count {
            let end = min(next + context, ids.count)
            let start = max(0, end - context - 1)
            windows.append(
                Window(ids: Array(ids[start..<end]), predicted: next - start..<end - start))
            next = end
        }
        return windows
    }
}
