package import Datasets
internal import Foundation
internal import Models
package import Tokenizers

/// Questions whose answers a model writes itself.
package struct WrittenTask: PreparedTask {
    /// A question as tokens.
    struct Question: Sendable {
        let prompt: String
        let ids: [Int32]
        let gold: String?
        /// The gold answer's tokens after the prompt's.
        let goldText: ScoredText?
        let program: ProgramParts?
        /// The blanks that the layout has between prompt and answer.
        var lead = ""
        let hash: UInt64
        var part = ""
    }

    package let name: String
    package let total: Int
    let questions: [Question]
    let metrics: [AnswerMetric]
    let stops: [String]
    let maximumTokens: Int
    let context: Int
    let tokenizer: Tokenizer
    let stopTokens: Set<Int32>
    let writing: AnswerWriting
    /// Why programs are not run, of a task that has other metrics.
    private let unrun: String?

    /// Questions in the layout that a model is fine-tuned on; the end mark alone ends an answer, which
    /// may be a little longer than the longest gold one.
    ///
    /// - Parameters:
    ///   - name: The task's name in tables.
    ///   - records: What to ask, with gold answers.
    ///   - metrics: What is made of the answers.
    ///   - template: How a record becomes a prompt.
    ///   - tokenizer: The model's tokenizer.
    ///   - context: How many tokens the model reads at most.
    ///   - writing: How answers are written.
    /// - Throws: `TaskError.unscorable` for a record that asks nothing, `.rows` for records for which
    ///   the template has no place.
    package init(
        name: String, records: Sample<Record>, _ metrics: [AnswerMetric], template: PromptTemplate,
        tokenizer: Tokenizer, context: Int, writing: AnswerWriting = AnswerWriting()
    ) throws(TaskError) {
        let layouts: [LaidOutRecord]
        do { layouts = try template.laidOut(records).items } catch { throw .rows(error) }
        let examples = layouts.map {
            TokenizedExample($0, template: template, mask: .response, encoder: tokenizer)
        }
        let longest = examples.reduce(1) { max($0, $1.responseEnd - $1.responseStart) }
        let questions = zip(zip(records.items, layouts), examples).map { item, example in
            Question(
                prompt: item.1.promptText, ids: Array(example.ids.prefix(example.responseStart)),
                gold: item.1.answer,
                goldText: ScoredText(
                    answerOf: item.0, example, context: context, encoder: tokenizer),
                program: item.0.programParts, lead: item.1.lead, hash: ItemHash.of(item.0))
        }
        try self.init(
            name, questions, places: records.places, total: records.total, metrics: metrics,
            stops: [], maximumTokens: longest + 8, tokenizer, context,
            stopTokens: template.stopTokens(tokenizer), writing)
    }

    /// Questions in the layout of published scores, with its stop strings and limits.
    ///
    /// - Throws: `TaskError.unscorable` for an item without a token.
    package init(
        name: String, items: Sample<WrittenItem>, _ question: WrittenQuestion,
        tokenizer: Tokenizer, context: Int, writing: AnswerWriting = AnswerWriting()
    ) throws(TaskError) {
        let questions = items.items.map { item in
            let hash = ItemHash.of([item.prompt, item.answer ?? item.program?.tests ?? ""])
            return Question(
                prompt: item.prompt, ids: tokenizer.edges.opened(tokenizer.encode(item.prompt)),
                gold: item.answer,
                goldText: item.request.flatMap {
                    ScoredText(continuationOf: $0, hash: hash, context: context, encoder: tokenizer)
                }, program: item.program, hash: hash, part: item.part)
        }
        try self.init(
            name, questions, places: items.places, total: items.total, metrics: question.metrics,
            stops: question.stops, maximumTokens: question.maximumTokens, tokenizer, context,
            stopTokens: PromptTemplate.plain.stopTokens(tokenizer), writing)
    }

    private init(
        _ name: String, _ questions: [Question], places: [Int], total: Int,
        metrics: [AnswerMetric], stops: [String], maximumTokens: Int, _ tokenizer: Tokenizer,
        _ context: Int, stopTokens: Set<Int32>, _ writing: AnswerWriting
    ) throws(TaskError) {
        self.name = name
        self.questions = questions
        self.total = total
        self.stops = stops
        self.maximumTokens = maximumTokens
        self.tokenizer = tokenizer
        self.context = context
        self.stopTokens = stopTokens
        self.writing = writing
        switch writing.programs {
        case .sandbox:
            self.metrics = metrics
            unrun = nil
        case .refused(let reason):
            self.metrics = metrics.filter { $0.rule != .program }
            unrun = self.metrics.count < metrics.count ? reason : nil
            if self.metrics.isEmpty { throw .runsPrograms(tasks: [name], reason: reason) }
        }
        try checkQuestions(places)
    }

    private func checkQuestions(_ places: [Int]) throws(TaskError) {
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

    // MARK: - What it is

    package var hashes: [UInt64] { questions.map(\.hash) }
    package var parts: [String] { questions.map(\.part) }

    /// Prompts are read, and gold answers where their likelihood counts.
    package var work: TaskWork {
        let prompts = questions.reduce(0) { $0 + $1.ids.count }
        let answers =
            writing.scoresGold ? questions.reduce(0) { $0 + ($1.goldText?.rowCount ?? 0) } : 0
        let groups = (questions.count * writing.samples + Self.groupSize - 1) / Self.groupSize
        return TaskWork(rows: prompts + answers, passes: groups * answerLimit)
    }

    /// Answers that are written side by side.
    static let groupSize = 64

    /// No answer is longer than half of the model's context.
    var answerLimit: Int { min(maximumTokens, max(1, context / 2)) }

    package var remarks: [String] {
        let cut = questions.count { $0.ids.count > context - answerLimit }
        var remarks: [String] = []
        if let unrun {
            let others = metrics.map(\.name).joined(separator: " and ")
            remarks.append("\(name): programs are not run, but judged by \(others): \(unrun)")
        }
        if cut > 0 {
            remarks.append(
                "\(name): \(cut) of \(count) prompts lose their start, to leave room for "
                    + "\(answerLimit) tokens of answer in a context of \(context)")
        }
        if answerLimit < maximumTokens {
            remarks.append(
                "\(name): answers end at \(answerLimit) tokens, half of the context, not at "
                    + "\(maximumTokens)")
        }
        return remarks
    }
}

extension Record {
    /// What makes a program of the record's answer; nil where it has no tests.
    fileprivate var programParts: ProgramParts? {
        tests.isEmpty
            ? nil : ProgramParts(start: programStart, tests: tests.joined(separator: "\n"))
    }
}
