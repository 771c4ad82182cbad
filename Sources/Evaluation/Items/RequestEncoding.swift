package import Datasets
internal import Tokenizers

/// A log-likelihood request as token ids.
///
/// - Reference: lm-evaluation-harness 0.4.13, `TemplateLM._encode_pair`, `loglikelihood` and
///   `HFLM._loglikelihood_tokens`; its pull request 4055 for a continuation without tokens.
package struct RequestEncoding: Sendable, Equatable {
    /// The context's ids and then the continuation's.
    package let ids: [Int32]
    /// Where the continuation starts; its score is the sum over `ids[continuationStart...]`.
    package let continuationStart: Int
    /// Whether the model does not read all of the context.
    package let isCut: Bool

    /// Encodes a request so that the model reads at most `maximumLength` ids.
    ///
    /// White space at the end of the context moves to the start of the continuation. Context and
    /// whole text are encoded separately, each after what the tokenizer puts before every text, and
    /// the continuation is what follows the first ids of the whole, as many as the context has;
    /// where nothing follows, for a token spans the border, it is encoded alone. Ids beyond
    /// `maximumLength + 1` are cut from the left (the last one is predicted but not read). An empty
    /// context becomes the token that begins or else ends a text.
    /// - Throws: `RequestProblem` where there is nothing to score, or more than the model can read.
    package init(
        _ request: MultipleChoiceItem.Request, encoder: some TextEncoder, maximumLength: Int
    ) throws(RequestProblem) {
        precondition(maximumLength > 0, "maximum length \(maximumLength) must be positive")
        let context = PythonText.trimmedEnd(request.context)
        let start = try Self.start(context, encoder)
        let text = request.context + request.continuation
        let whole = encoder.edges.opened(encoder.encode(text))
        // A start that stands for an empty context is not part of the whole text.
        let isPlaceholder = context.isEmpty && encoder.edges.prefix.isEmpty
        var continuation = Array(
            isPlaceholder && whole.first != start.first ? whole[...] : whole.dropFirst(start.count))
        if continuation.isEmpty {
            continuation = encoder.encode(
                String(text.unicodeScalars.dropFirst(context.unicodeScalars.count)))
        }
        guard !continuation.isEmpty else { throw .noTokens(request.continuation) }
        guard continuation.count <= maximumLength else {
            throw .tooLong(tokens: continuation.count, context: maximumLength)
        }
        let all = start + continuation
        ids = Array(all.suffix(maximumLength + 1))
        continuationStart = ids.count - continuation.count
        isCut = ids.count < all.count
    }

    /// How many tokens are predicted.
    var continuationCount: Int { ids.count - continuationStart }

    /// What the model reads and predicts.
    var window: ScoredText.Window {
        ScoredText.Window(ids: ids, predicted: continuationStart..<ids.count)
    }

    /// What a user should know of requests that are cut; nil if none is.
    static func remark(_ isCut: [Bool], task: String, _ context: Int) -> String? {
        let cut = isCut.count { $0 }
        return cut == 0
            ? nil
            : "\(task): \(cut) of \(isCut.count) items lose the start of a text longer than the "
                + "context of \(context)"
    }

    /// The ids that the model reads before the continuation; at least one.
    private static func start(
        _ context: String, _ encoder: some TextEncoder
    ) throws(RequestProblem) -> [Int32] {
        let ids = encoder.encode(context)
        if ids.isEmpty, !context.isEmpty { throw .noTokens(context) }
        let opened = encoder.edges.opened(ids)
        guard opened.isEmpty else { return opened }
        guard let mark = encoder.edges.beginning ?? encoder.edges.end else { throw .nothingBefore }
        return [mark]
    }
}

/// Why a request cannot be scored.
package enum RequestProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The vocabulary has no token for any character of a text.
    case noTokens(String)
    case tooLong(tokens: Int, context: Int)
    /// The context is empty, and the tokenizer has no mark to stand for it.
    case nothingBefore

    package var description: String {
        switch self {
        case .noTokens(let text):
            "the vocabulary has no token for \(String(text.prefix(40)).debugDescription); use a "
                + "model whose tokenizer knows its characters"
        case .tooLong(let tokens, let context):
            "an option has \(tokens) tokens, but the model reads at most \(context); leave the "
                + "item out"
        case .nothingBefore:
            "nothing stands before an option, and the tokenizer has no token that begins or ends a "
                + "text; leave the item out"
        }
    }
}
