/// ARC, Easy and Challenge: grade-school science questions with three to five options.
///
/// - Data: https://allenai.org/data/arc (test 2,376 and 1,172 items); chance about 25 %.
/// - Example: `Which technology was developed most recently?` scores ` cellular telephone` after
///   `Question: Which technology was developed most recently?\nAnswer:`; letters are not shown.
/// - Shapes: `choices: {text, label}` with `answerKey`, the original's `question: {stem, choices}`
///   with `answerKey`, or `choices: [text]` with `gold`, the index of the right one.
/// - Scoring: as lm-evaluation-harness; `acc_norm` is usual for Challenge (SmolLM2-135M-Instruct
///   27.7 %, 0-shot) and `acc` for Easy (54.1 %).
/// - Reference: Clark et al., *Think you have Solved Question Answering?*, 1803.05457.
struct ARCRow: Decodable {
    let item: MultipleChoiceItem

    private enum Key: String, CodingKey { case question, choices, gold, answerKey }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        let question: String
        let options: Options
        if let nested = try? row.decode(NestedQuestion.self, forKey: .question) {
            question = nested.stem
            options = Options(nested.choices)
        } else {
            question = try row.decode(String.self, forKey: .question)
            options = try row.decode(Options.self, forKey: .choices)
        }
        let gold = try Self.gold(row, options)
        try RowProblem.check(gold: gold, count: options.texts.count)
        item = MultipleChoiceItem(
            context: "Question: \(question)\nAnswer:", options: options.texts, gold: gold)
    }

    private static func gold(_ row: KeyedDecodingContainer<Key>, _ options: Options) throws -> Int {
        guard let labels = options.labels, row.contains(.answerKey) else {
            return try row.decode(LenientInteger.self, forKey: .gold).value
        }
        let answer = try row.decode(String.self, forKey: .answerKey)
        guard let gold = labels.firstIndex(of: answer) else {
            throw RowProblem(
                "answerKey '\(answer)' is none of the labels \(labels.joined(separator: ", "))")
        }
        return gold
    }

    private struct NestedQuestion: Decodable {
        let stem: String
        let choices: [Choice]
    }

    private struct Choice: Decodable {
        let text: String
        let label: String
    }

    /// Options as a list of texts, or as two lists of texts and labels.
    private struct Options: Decodable {
        let texts: [String]
        let labels: [String]?

        private enum Key: String, CodingKey { case text, label }

        init(_ choices: [Choice]) {
            texts = choices.map(\.text)
            labels = choices.map(\.label)
        }

        init(from decoder: any Decoder) throws {
            if let lists = try? decoder.container(keyedBy: Key.self) {
                let labels = try lists.decode([String].self, forKey: .label)
                texts = try lists.decode([String].self, forKey: .text)
                self.labels = labels
                guard labels.count == texts.count else {
                    throw RowProblem("\(labels.count) labels for \(texts.count) options")
                }
            } else {
                texts = try decoder.singleValueContainer().decode([String].self)
                labels = nil
            }
        }
    }
}
