internal import Tokenizers

/// How a record is laid out as text.
///
/// Every template ends its prompt with a mark or a line break, so that the response starts a token
/// of its own with common tokenizers.
package enum PromptTemplate: Sendable, Hashable {
    /// The layout of Stanford Alpaca: an opening line and `###` headings.
    case alpaca
    /// The instruction, the input if any, and `Answer:`, each on its own line; the shortest.
    case plain
    /// `<|im_start|>` and `<|im_end|>` around each turn (ChatML); the system turn, if any, comes
    /// before the user's.
    case chat(system: String?)

    /// ChatML without a system turn.
    package static let chatml = PromptTemplate.chat(system: nil)

    /// The whole example: the prompt and then the response, without the mark that ends it.
    ///
    /// A record without instruction and input is plain text and gives its output alone.
    package func spans(for record: Record) -> [TextSpan] {
        promptSpans(for: record) + [TextSpan(record.output, .response)]
    }

    /// The text that a model is given to answer `record`.
    package func prompt(for record: Record) -> String {
        promptSpans(for: record).map(\.text).joined()
    }

    /// Everything before the response; empty for plain text.
    package func promptSpans(for record: Record) -> [TextSpan] {
        if record.instruction.isEmpty && record.input.isEmpty { return [] }
        switch self {
        case .alpaca: return alpacaPrompt(record)
        case .plain: return plainPrompt(record)
        case .chat(let system): return chatPrompt(record, system)
        }
    }

    /// The token that ends a response, or nil when the tokenizer has none.
    package func endMarker(_ encoder: some TextEncoder) -> Int32? {
        switch self {
        case .alpaca, .plain: encoder.edges.end
        case .chat: encoder.id(ofSpecial: "<|im_end|>") ?? encoder.edges.end
        }
    }

    /// The tokens at which an answer ends that a model writes: the mark of the layout, and whatever
    /// ends a text.
    package func stopTokens(_ encoder: some TextEncoder) -> Set<Int32> {
        Set(encoder.edges.ends).union([endMarker(encoder)].compactMap { $0 })
    }

    /// What a user should know of a model whose answers nothing ends; nil if a token does.
    package func remark(on encoder: some TextEncoder, model: String) -> String? {
        guard endMarker(encoder) == nil else { return nil }
        return
            "\(model) names no token that ends a text (eos_token, eos_token_id): it is trained on "
            + "answers without an end, and what it writes ends at the longest length only"
    }

    private func alpacaPrompt(_ record: Record) -> [TextSpan] {
        let hasInput = !record.input.isEmpty
        let opening =
            hasInput
            ? """
            Below is an instruction that describes a task, paired with an input that provides \
            further context. Write a response that appropriately completes the request.
            """
            : """
            Below is an instruction that describes a task. \
            Write a response that appropriately completes the request.
            """
        var spans = [
            TextSpan(opening, .constant), TextSpan("\n\n### Instruction:\n", .template),
            TextSpan(record.instruction, .instruction),
        ]
        if hasInput {
            spans.append(TextSpan("\n\n### Input:\n", .template))
            spans.append(TextSpan(record.input, .instruction))
        }
        return spans + [TextSpan("\n\n### Response:\n", .template)]
    }

    private func plainPrompt(_ record: Record) -> [TextSpan] {
        instructionParts(record) + [TextSpan("\nAnswer:\n", .template)]
    }

    private func chatPrompt(_ record: Record, _ system: String?) -> [TextSpan] {
        let opening = system.map { "<|im_start|>system\n\($0)<|im_end|>\n" } ?? ""
        return [TextSpan(opening + "<|im_start|>user\n", .template)] + instructionParts(record)
            + [TextSpan("<|im_end|>\n<|im_start|>assistant\n", .template)]
    }

    /// The instruction and the input, those that are not empty, on lines of their own.
    private func instructionParts(_ record: Record) -> [TextSpan] {
        let parts = [record.instruction, record.input].filter { !$0.isEmpty }
        return Array(
            parts.map { [TextSpan($0, .instruction)] }.joined(separator: [TextSpan("\n", .template)]
            ))
    }
}

extension PromptTemplate: CustomStringConvertible {
    /// The layout's name, and whether a system turn comes first.
    package var description: String {
        switch self {
        case .alpaca: "alpaca"
        case .plain: "plain"
        case .chat(system: nil): "chatml"
        case .chat: "chatml with a system turn"
        }
    }
}
