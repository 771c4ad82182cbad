package import Datasets
internal import Models
package import Tokenizers

/// The items of a task as texts.
package struct TaskItems: Sendable {
    package let task: TaskDefinition
    var choices: [MultipleChoiceItem] = []
    var written: [WrittenItem] = []
    var continuations: [ContinuationItem] = []
    var records: [Record] = []
    var pages: [TextPage] = []

    private let asksRecords: Bool

    init(of task: TaskDefinition, asksRecords: Bool) {
        self.task = task
        self.asksRecords = asksRecords
    }

    /// How many there are; of a task's own kind alone.
    package var count: Int {
        choices.count + written.count + continuations.count + records.count + pages.count
    }

    mutating func add(_ row: RowText, after prefix: String, part: String) throws {
        switch task.question {
        case .choice(let question):
            var item = try row.choice(question, after: prefix)
            item.part = part
            choices.append(item)
        case .written(let question):
            var item = try row.written(question, after: prefix)
            item.part = part
            written.append(item)
        case .continuation(let question):
            var item = try row.continuation(question, after: prefix)
            item.part = part
            continuations.append(item)
        case .record, .texts: break
        }
    }

    /// Encodes the items for a model.
    ///
    /// - Parameters:
    ///   - limit: The most of them, drawn; nil for all.
    ///   - tokenizer: The model's tokenizer.
    ///   - context: How many tokens the model reads at most.
    ///   - template: How records are asked.
    ///   - writing: How answers are written.
    /// - Returns: What is scored, with remarks on what was cut or left out.
    /// - Throws: `TaskError` for an item of which the model can make nothing.
    package func prepared(
        drawing limit: Int? = nil, tokenizer: Tokenizer, context: Int,
        template: PromptTemplate = .plain, writing: AnswerWriting = AnswerWriting()
    ) throws(TaskError) -> any PreparedTask {
        if asksRecords {
            return try WrittenTask(
                name: task.name, records: Sample(drawing: limit, of: records), task.answerMetrics,
                template: template, tokenizer: tokenizer, context: context, writing: writing)
        }
        return switch task.question {
        case .choice(let question):
            try ChoiceTask(
                name: task.name, items: Sample(drawing: limit, of: choices), encoder: tokenizer,
                maximumLength: context, metrics: question.metrics)
        case .continuation:
            try ContinuationTask(
                name: task.name, items: Sample(drawing: limit, of: continuations),
                encoder: tokenizer, context: context)
        case .written(let question):
            try WrittenTask(
                name: task.name, items: Sample(drawing: limit, of: written), question,
                tokenizer: tokenizer, context: context, writing: writing)
        case .texts:
            try TextTask(
                name: task.name, pages: Sample(drawing: limit, of: pages), context: context,
                encoder: tokenizer)
        case .record: preconditionFailure("\(task.name) asks records")
        }
    }
}
