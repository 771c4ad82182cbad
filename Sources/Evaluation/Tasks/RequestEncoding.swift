package import Datasets

/// A log-likelihood request as token ids.
///
/// - Reference: lm-evaluation-harness 0.4, `TemplateLM._encode_pair` and `loglikelihood`.
package struct RequestEncoding: Sendable, Equatable {
    /// The context's ids and then the continuation's.
    package let ids: [Int32]
    /// Where the continuation starts; its score is the sum over `ids[continuationStart...]`.
    package let continuationStart: Int

    /// Encodes a request so that the model reads at most `maximumLength` ids.
    ///
    /// White space at the end of the context moves to the start of the continuation. Context and
    /// whole text are encoded separately, and the continuation is what follows the first ids of the
    /// whole, as many as the context has. Ids beyond `maximumLength + 1` are cut from the left (the
    /// last one is predicted but not read). An empty context becomes the token that starts or else
    /// ends a text; a tokenizer that has neither leaves the first id of the continuation unscored.
    package init(
        _ request: MultipleChoiceItem.Request, encoder: some TextEncoder, maximumLength: Int
    ) {
        precondition(maximumLength > 0, "maximum length \(maximumLength) must be positive")
        let context = HarnessText.trimmedEnd(request.context)
        let whole = encoder.encode(request.context + request.continuation)
        var contextIds = encoder.encode(context)
        var continuation = Array(whole.dropFirst(contextIds.count))
        if contextIds.isEmpty, let first = continuation.first {
            let prefix = encoder.beginningOfText ?? encoder.endOfText ?? first
            contextIds = [prefix]
            if prefix == first { continuation.removeFirst() }
        }
        ids = Array((contextIds + continuation).suffix(maximumLength + 1))
        continuationStart = max(1, ids.count - continuation.count)
    }
}
