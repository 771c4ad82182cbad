package import Datasets
internal import Tokenizers

/// A text of which a model predicts a part: the item of a loss.
package struct ScoredText: Sendable, Equatable {
    /// Ids that the model reads together, and which of them it predicts.
    struct Window: Sendable, Equatable {
        let ids: [Int32]
        let predicted: Range<Int>
    }

    /// What the model's context leaves out.
    package enum Cut: Sendable, Equatable {
        /// The start of what stands before the answer.
        case prompt
        /// The end of the answer itself.
        case answer
    }

    /// Stands for the text; see `ItemHash`.
    package let hash: UInt64
    /// At most one token more than the context each, for the last of them is not read.
    let windows: [Window]
    /// The UTF-8 bytes of the predicted text.
    package let byteCount: Int
    package let cut: Cut?

    /// How many tokens are predicted.
    package var tokenCount: Int { windows.reduce(0) { $0 + $1.predicted.count } }

    /// How many rows a model computes to predict them.
    package var rowCount: Int { windows.reduce(0) { $0 + $1.ids.count - 1 } }

    /// A text of which nothing is cut.
    init(hash: UInt64, windows: [Window], byteCount: Int) {
        self.hash = hash
        self.windows = windows
        self.byteCount = byteCount
        cut = nil
    }

    /// The gold answer of a record after its prompt; the mark that ends it is not predicted.
    ///
    /// Where both together are longer than the context, the prompt loses its start, as the prompts of
    /// generated answers do, so that the answer is whole; one that is longer than the context by itself
    /// loses its end.
    /// - Parameters:
    ///   - record: Whose answer it is.
    ///   - example: The record as tokens, uncut.
    ///   - context: How many tokens the model reads at most.
    ///   - encoder: What made the tokens.
    package init(
        answerOf record: Record, _ example: TokenizedExample, context: Int,
        encoder: some TextEncoder
    ) {
        let answer = example.answerRange
        let length = min(answer.count, context)
        let start = max(0, answer.lowerBound + length - context - 1)
        let kept = answer.lowerBound..<answer.lowerBound + length
        hash = ItemHash.of(record)
        cut = length < answer.count ? .answer : start > 0 && !kept.isEmpty ? .prompt : nil
        byteCount =
            cut == .answer
            ? encoder.decodeBytes(Array(example.ids[kept])).count : example.responseByteCount
        windows =
            kept.isEmpty
            ? []
            : [
                Window(
                    ids: Array(example.ids[start..<kept.upperBound]),
                    predicted: kept.lowerBound - start..<kept.upperBound - start)
            ]
    }

    /// A text of which nothing is predicted.
    static let nothing = ScoredText(hash: 0, windows: [], byteCount: 0)

    /// What follows a context, as lm-evaluation-harness encodes it; nil where nothing can be predicted.
    ///
    /// - Parameters:
    ///   - request: The context, and the text with what parts them.
    ///   - hash: Stands for the item.
    ///   - context: How many tokens the model reads at most.
    ///   - encoder: Makes the tokens.
    init?(
        continuationOf request: MultipleChoiceItem.Request, hash: UInt64, context: Int,
        encoder: some TextEncoder
    ) {
        guard
            let encoding = try? RequestEncoding(request, encoder: encoder, maximumLength: context)
        else { return nil }
        self.init(
            hash: hash, windows: [encoding.window], byteCount: request.continuation.utf8.count)
    }

    /// A document by itself, without the mark that ends a text.
    ///
    /// Every token is predicted once but the first, or what the tokenizer puts before every text. Where
    /// the document is longer than the context, a window starts with the last token of the one before.
    /// - Parameters:
    ///   - document: The text.
    ///   - context: How many tokens the model reads at most.
    ///   - encoder: Makes the tokens.
    /// - Reference: lm-evaluation-harness 0.4, `get_rolling_token_windows` with a context of 1.
    package init(document: String, context: Int, encoder: some TextEncoder) {
        let prefix = encoder.edges.prefix.count
        let ids = encoder.edges.opened(encoder.encodeOrdinary(document))
        let predicted = max(1, prefix)..<max(ids.count, prefix, 1)
        hash = ItemHash.of([document])
        cut = nil
        byteCount = encoder.decodeBytes(Array(ids[min(predicted.lowerBound, ids.count)...])).count
        var windows: [Window] = []
        var next = predicted.lowerBound
        while next < predicted.upperBound {
            let start = windows.isEmpty ? 0 : next - 1
            let end = min(start + context + 1, predicted.upperBound)
            windows.append(
                Window(ids: Array(ids[start..<end]), predicted: next - start..<end - start))
            next = end
        }
        self.windows = windows
    }
}
