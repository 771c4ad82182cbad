package import Datasets
internal import Models
package import Tokenizers

/// Questions whose answers a model writes itself, greedily.
package struct GenerationTask: Sendable {
    /// One question's answer.
    package struct Answer: Sendable, Equatable {
        package let prompt: String
        package let text: String
        package let gold: String
        package let isRight: Bool
    }

    /// A question as tokens.
    private struct Question: Sendable {
        let prompt: String
        let ids: [Int32]
        let gold: String
        let stopStrings: [String]
        /// The blanks that the layout has between prompt and answer.
        var lead = ""
        let hash: UInt64
    }

    package let name: String
    /// How many questions the data have, of which some may have been left out.
    package let total: Int
    private let questions: [Question]
    private let maxTokens: Int
    private let check: GenerationFormat.Check
    private let tokenizer: Tokenizer
    private let stopTokens: Set<Int32>

    /// Prompts handled together between two looks at `progress`.
    private static let groupSize = 64
    /// Tokens from the end of an answer in which a stop string is looked for.
    private static let stopWindow = 16

    /// Questions in the layout that a model is fine-tuned on; the end mark alone ends an answer, which
    /// may be a little longer than the longest gold one.
    ///
    /// - Parameters:
    ///   - name: The task's name in tables.
    ///   - records: What to ask, with gold answers.
    ///   - template: How a record becomes a prompt.
    ///   - tokenizer: The model's tokenizer.
    ///   - check: How an answer is judged; programs cannot be.
    /// - Throws: `TaskError.unscorable` for a record that asks nothing, `.rows` for records for which
    ///   the template has no place.
    package init(
        name: String, records: Sample<Record>, template: PromptTemplate, tokenizer: Tokenizer,
        check: GenerationFormat.Check
    ) throws(TaskError) {
        let layouts: [LaidOutRecord]
        do { layouts = try template.laidOut(records).items } catch { throw .rows(error) }
        let examples = layouts.map {
            TokenizedExample($0, template: template, mask: .response, encoder: tokenizer)
        }
        let longest = examples.reduce(1) { max($0, $1.responseEnd - $1.responseStart) }
        self.name = name
        self.check = check
        self.tokenizer = tokenizer
        maxTokens = longest + 8
        total = records.total
        questions = zip(zip(records.items, layouts), examples).map { item, example in
            Question(
                prompt: item.1.promptText, ids: Array(example.ids.prefix(example.responseStart)),
                gold: item.1.answer, stopStrings: [], lead: item.1.lead,
                hash: ItemHash.of(item.0))
        }
        stopTokens = template.stopTokens(tokenizer)
        try checkQuestions(places: records.places)
    }

    /// Questions in the layout of published scores, with its stop strings and limits.
    ///
    /// - Throws: `TaskError.unscorable` for an item without a token.
    package init(
        name: String, items: Sample<GenerationItem>, tokenizer: Tokenizer,
        check: GenerationFormat.Check
    ) throws(TaskError) {
        self.name = name
        self.check = check
        self.tokenizer = tokenizer
        maxTokens = items.items.reduce(1) { max($0, $1.maximumTokens) }
        total = items.total
        questions = items.items.map { item in
            Question(
                prompt: item.prompt, ids: tokenizer.edges.opened(tokenizer.encode(item.prompt)),
                gold: item.reference, stopStrings: item.stopStrings,
                hash: ItemHash.of([item.prompt, item.reference]))
        }
        stopTokens = PromptTemplate.plain.stopTokens(tokenizer)
        try checkQuestions(places: items.places)
    }

    private func checkQuestions(places: [Int]) throws(TaskError) {
        let isLost = { (question: Question) in
            question.ids.isEmpty
                || !question.prompt.isEmpty && question.ids == tokenizer.edges.prefix
        }
        guard let index = questions.firstIndex(where: isLost) else { return }
        let prompt = questions[index].prompt
        let reason =
            prompt.isEmpty
            ? "nothing is asked; give it an instruction, or leave it out"
            : RequestProblem.noTokens(prompt).description
        throw .unscorable(task: name, item: places[index], reason: reason)
    }

    package var count: Int { questions.count }
    /// How many rows a model computes to read all prompts.
    package var promptRows: Int { questions.reduce(0) { $0 + $1.ids.count } }

    /// How many passes with one token of each answer a model of this context takes at most: answers of
    /// a group are written side by side.
    package func writingPasses(context: Int) -> Int {
        (count + Self.groupSize - 1) / Self.groupSize * answerLimit(context: context)
    }

    /// Stand for the questions, in order; see `ItemHash`.
    package var hashes: [UInt64] { questions.map(\.hash) }
    /// Whether each character of an answer counts, too.
    package var countsCharacters: Bool { check == .characters }

    /// What a model of this context leaves out of prompts and answers, in words.
    package func remarks(context: Int) -> [String] {
        let limit = answerLimit(context: context)
        let cut = questions.count { $0.ids.count > context - limit }
        var remarks: [String] = []
        if cut > 0 {
            remarks.append(
                "\(name): \(cut) of \(count) prompts lose their start, to leave room for "
                    + "\(limit) tokens of answer in a context of \(context)")
        }
        if limit < maxTokens {
            remarks.append(
                "\(name): answers end at \(limit) tokens, half of the context, not at \(maxTokens)")
        }
        return remarks
    }

    private func answerLimit(context: Int) -> Int { min(maxTokens, max(1, context / 2)) }

    /// The model's answers, in order; none is longer than half of the model's context.
    ///
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    package func answers(_ context: ScoringContext) throws -> [Answer] {
        let limit = answerLimit(context: context.model.configuration.maxSequenceLength)
        let generator = Generator(
            model: context.model, arena: context.arena, stopTokens: stopTokens)
        var answers: [Answer] = []
        while answers.count < questions.count {
            try context.progress(answers.count, questions.count)
            let end = min(questions.count, answers.count + Self.groupSize)
            answers += try answer(questions[answers.count..<end], generator, limit: limit)
        }
        return answers
    }

    /// The scores of answers: `exact_match`, and `character_accuracy` where characters count.
    package func metrics(of answers: [Answer]) -> [TaskResult.Metric] {
        var metrics = [
            TaskResult.Metric(name: "exact_match", score: MeanScore(answers.map(\.isRight)))
        ]
        if countsCharacters {
            let shares = answers.map { CharacterAccuracy.value($0.text, gold: $0.gold) }
            metrics.append(.init(name: "character_accuracy", score: MeanScore(shares)))
        }
        return metrics
    }

    private func answer(
        _ questions: ArraySlice<Question>, _ generator: Generator, limit: Int
    ) throws -> [Answer] {
        let group = Array(questions)
        var ends = group.map { _ in [Int32]() }
        var unused = SeededRandom(seed: 0)
        let generated = try generator.generate(
            group.map(\.ids), maxTokens: limit, using: &unused
        ) { index, token in
            let stops = group[index].stopStrings
            if stops.isEmpty { return true }
            ends[index] = ends[index].suffix(Self.stopWindow - 1) + [token]
            return !StopStrings.occur(in: tokenizer.decode(ends[index]), stops)
        }
        return zip(group, generated).map { question, ids in
            judged(question, StopStrings.cut(text(of: ids, question), at: question.stopStrings))
        }
    }

    private func text(of ids: [Int32], _ question: Question) -> String {
        let text = tokenizer.decode(ids)
        return text.hasPrefix(question.lead)
            ? String(text.dropFirst(question.lead.count)) : text
    }

    private func judged(_ question: Question, _ text: String) -> Answer {
        let isRight =
            switch check {
            case .text, .characters: ExactMatch.isRight(text, gold: question.gold)
            case .number: GSM8KAnswer.strict.isRight(text, reference: question.gold)
            case .program: preconditionFailure("\(name): programs are not run")
            }
        return Answer(
            prompt: question.prompt, text: text, gold: question.gold, isRight: isRight)
    }
}
