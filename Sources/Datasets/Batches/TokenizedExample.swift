internal import Tokenizers

/// A sequence of token ids, each with its weight in the loss.
package struct TokenizedExample: Sendable, Equatable {
    package private(set) var ids: [Int32]
    /// `weights[i]` is the weight of predicting `ids[i]`; `weights[0]` is 0, for nothing predicts it.
    package private(set) var weights: [Float]
    /// Where the ids of the response start.
    package private(set) var responseStart: Int
    /// Where the ids of the response's text end; what follows is the mark that ends a response.
    package private(set) var responseEnd: Int
    /// The UTF-8 bytes of the response's text, or of what truncation left of it.
    package private(set) var responseByteCount: Int

    /// Lays out and encodes a record; the tokens of ``LaidOutRecord``.
    ///
    /// - Throws: `ChatTemplateProblem` if the template has no place for the record.
    package init(
        _ record: Record, template: PromptTemplate, mask: LossMask, encoder: some TextEncoder
    ) throws(ChatTemplateProblem) {
        self.init(try template.laidOut(record), template: template, mask: mask, encoder: encoder)
    }

    /// Encodes a record that `template` laid out.
    ///
    /// Spans are encoded one by one, each as the continuation of what comes before it, so every token
    /// has exactly one role. The ids differ from those of the whole text only where a tokenizer would
    /// merge across the border of two spans. Special tokens are recognised in the template's own text
    /// alone: a record cannot forge them. What the tokenizer puts before every text comes first, without
    /// loss, unless the prompt begins with it.
    package init(
        _ layout: LaidOutRecord, template: PromptTemplate, mask: LossMask,
        encoder: some TextEncoder
    ) {
        ids = []
        weights = []
        responseStart = 0
        responseEnd = 0
        responseByteCount = layout.answer.utf8.count
        for span in layout.prompt {
            append(
                Self.encode(span, encoder, after: ids.last), weight: mask.weight(of: span.role))
        }
        let opened = encoder.edges.opened(ids)
        weights = Array(repeating: 0, count: opened.count - ids.count) + weights
        ids = opened
        responseStart = ids.count
        let answer = encoder.encodeOrdinary(layout.lead + layout.answer, after: ids.last)
        append(answer, weight: mask.weight(of: .response))
        responseEnd = ids.count
        append(template.end(after: ids.last, encoder), weight: mask.weight(of: .mark))
        if !weights.isEmpty { weights[0] = 0 }
    }

    /// The tokens that a model is given to answer a record.
    ///
    /// - Throws: `ChatTemplateProblem` if the template has no place for the record.
    package static func request(
        _ record: Record, template: PromptTemplate, encoder: some TextEncoder
    ) throws(ChatTemplateProblem) -> [Int32] {
        let ids = try template.laidOut(record).request.reduce(into: [Int32]()) { ids, span in
            ids += encode(span, encoder, after: ids.last)
        }
        return encoder.edges.opened(ids)
    }

    /// A row of plain text: every id but the first is predicted.
    /// - Parameters:
    ///   - ids: the row.
    ///   - byteCount: the UTF-8 bytes of the predicted ids' text, end marks left out.
    package init(text ids: [Int32], byteCount: Int) {
        self.ids = ids
        weights = ids.indices.map { $0 == 0 ? 0 : 1 }
        responseStart = 0
        responseEnd = ids.count
        responseByteCount = byteCount
    }

    /// Whether any token carries loss.
    package var carriesLoss: Bool { weights.contains { $0 > 0 } }

    /// The positions of the response's text that are predicted: all but the very first id.
    package var answerRange: Range<Int> { max(1, responseStart)..<max(1, responseEnd) }

    /// The part of a record, its prompt or its answer, for which the vocabulary has no token at all;
    /// nil if there is none, or the part is empty.
    package func lostPart(of layout: LaidOutRecord, _ encoder: some TextEncoder) -> String? {
        if !layout.prompt.isEmpty, ids[..<responseStart].elementsEqual(encoder.edges.prefix) {
            return "prompt"
        }
        return !layout.answer.isEmpty && responseStart == responseEnd ? "answer" : nil
    }

    /// Cuts the end off, so that at most `sequenceLength` predictions remain.
    /// - Returns: whether anything was cut.
    package mutating func truncate(
        toSequenceLength sequenceLength: Int, encoder: some TextEncoder
    ) -> Bool {
        precondition(sequenceLength > 0, "sequence length \(sequenceLength) must be positive")
        let kept = sequenceLength + 1
        guard ids.count > kept else { return false }
        ids.removeSubrange(kept...)
        weights.removeSubrange(kept...)
        if responseEnd > kept {
            responseStart = min(responseStart, kept)
            responseEnd = kept
            responseByteCount = encoder.decodeBytes(Array(ids[responseStart...])).count
        }
        return true
    }

    private static func encode(
        _ span: TextSpan, _ encoder: some TextEncoder, after last: Int32?
    ) -> [Int32] {
        span.isMark
            ? encoder.encode(span.text, after: last)
            : encoder.encodeOrdinary(span.text, after: last)
    }

    private mutating func append(_ new: [Int32], weight: Float) {
        ids += new
        weights += Array(repeating: weight, count: new.count)
    }
}
