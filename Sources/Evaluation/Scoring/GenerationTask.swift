package import Datasets
internal import Models
package import Tokenizers

/// Records whose answers a model writes itself, greedily.
package struct GenerationTask: Sendable {
    /// When an answer is right.
    package enum Comparison: Sendable, Equatable {
        /// The whole text equals the gold answer.
        case exact
        /// The number after `####` equals the gold answer's (GSM8K, strict).
        case finalNumber
    }

    /// One record's answer.
    package struct Answer: Sendable, Equatable {
        package let prompt: String
        package let text: String
        package let gold: String
        package let isRight: Bool
    }

    package let name: String
    private let records: [Record]
    private let prompts: [[Int32]]
    private let maxTokens: Int
    private let comparison: Comparison
    private let tokenizer: Tokenizer
    private let template: PromptTemplate

    /// Prompts handled together between two looks at `progress`.
    private static let groupSize = 64

    /// - Parameters:
    ///   - name: The task's name in tables.
    ///   - records: What to ask, with gold answers.
    ///   - template: How a record becomes a prompt.
    ///   - tokenizer: The model's tokenizer.
    ///   - comparison: When an answer is right.
    ///   - maxTokens: The most tokens of an answer; by default a little more than the longest gold.
    package init(
        name: String, records: [Record], template: PromptTemplate, tokenizer: Tokenizer,
        comparison: Comparison, maxTokens: Int? = nil
    ) {
        self.name = name
        self.records = records
        self.comparison = comparison
        self.tokenizer = tokenizer
        self.template = template
        let examples = records.map {
            TokenizedExample($0, template: template, mask: .response, encoder: tokenizer)
        }
        prompts = examples.map { Array($0.ids.prefix($0.responseStart)) }
        let longest = examples.reduce(1) { max($0, $1.responseEnd - $1.responseStart) }
        self.maxTokens = maxTokens ?? longest + 8
    }

    package var count: Int { records.count }

    /// The model's answers, in order.
    ///
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    package func answers(_ context: ScoringContext) throws -> [Answer] {
        let limit = min(maxTokens, context.model.configuration.maxSequenceLength - 1)
        let generator = Generator(
            model: context.model, arena: context.arena, stopTokens: stopTokens)
        var unused = SeededRandom(seed: 0)
        var answers: [Answer] = []
        while answers.count < prompts.count {
            try context.progress(answers.count, prompts.count)
            let group = answers.count..<min(prompts.count, answers.count + Self.groupSize)
            let generated = try generator.generate(
                Array(prompts[group]), maxTokens: limit, using: &unused)
            answers += zip(group, generated).map { answer(to: records[$0], ids: $1) }
        }
        return answers
    }

    private var stopTokens: Set<Int32> {
        Set([template.endMarker(tokenizer), tokenizer.endOfText].compactMap { $0 })
    }

    private func answer(to record: Record, ids: [Int32]) -> Answer {
        let text = tokenizer.decode(ids)
        let isRight =
            switch comparison {
            case .exact: ExactMatch.isRight(text, gold: record.output)
            case .finalNumber: GSM8KAnswer.strict.isRight(text, reference: record.output)
            }
        return Answer(
            prompt: template.prompt(for: record), text: text, gold: record.output,
            isRight: isRight)
    }
}
