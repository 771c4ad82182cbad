package import Datasets

/// The tasks whose answer is generated text.
package enum GenerationFormat: String, Sendable, CaseIterable {
    case code, gsm8k, humaneval, math, mbpp, uuid

    /// How an answer is judged.
    package enum Check: Sendable, Equatable {
        /// It must be the gold text.
        case text
        /// It must be the gold text, and each of its characters counts in a metric of its own.
        case characters
        /// Its number must equal the gold one; see `GSM8KAnswer`.
        case number
        /// It must be a program that passes the tests.
        case program
    }

    package var check: Check {
        switch self {
        case .code: .text
        case .uuid: .characters
        case .gsm8k, .math: .number
        case .humaneval, .mbpp: .program
        }
    }

    /// The question of `record` in the layout of published scores, after solved `examples`.
    ///
    /// lethe's own tasks, `code`, `math` and `uuid`, have no published layout and use the plain
    /// template; they and HumanEval take no examples. Published scores use 5 for GSM8K and the records 2, 3
    /// and 4 for MBPP.
    /// - Throws: `ChatTemplateProblem` for a record with earlier turns, for which none of them has a
    ///   place.
    package func item(
        _ record: Record, examples: [Record] = []
    ) throws(ChatTemplateProblem) -> GenerationItem {
        guard record.earlier.isEmpty else {
            throw .singleTurn(layout: "the published layout of \(rawValue)")
        }
        return switch self {
        case .code, .math: try GenerationItem(record, template: .plain)
        case .gsm8k: GSM8K.item(record, examples: examples)
        case .humaneval: HumanEval.item(record)
        case .mbpp: MBPP.item(record, examples: examples)
        case .uuid: try UUIDRecall.item(record)
        }
    }
}
