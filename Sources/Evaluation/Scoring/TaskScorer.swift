package import Datasets
package import Foundation
package import Models
package import Tokenizers

/// Scores a model on a task's file as published scores are made, without examples in the prompt.
package struct TaskScorer: Sendable {
    package let task: TaskDefinition
    private let file: URL
    private let limit: Int?

    /// - Parameters:
    ///   - task: What to score.
    ///   - file: Its items.
    ///   - limit: The most items, from the start of the file.
    /// - Throws: `TaskError.runsPrograms` if answers would have to be run.
    package init(
        _ task: TaskDefinition, file: URL, limit: Int? = nil
    ) throws(TaskError) {
        try task.checkScorable()
        self.task = task
        self.file = file
        self.limit = limit
    }

    /// Reads the file and scores the model.
    ///
    /// - Parameters: as ``prepared(for:tokenizer:template:)``, with the memory to score in.
    /// - Returns: The scores, and what they rest on.
    /// - Throws: `TaskError` for the file; what `context.progress` throws;
    ///   `TensorError.outOfMemory`.
    package func score(
        _ context: ScoringContext, tokenizer: Tokenizer, template: PromptTemplate? = nil
    ) throws -> TaskResult {
        try prepared(
            for: context.model.configuration, tokenizer: tokenizer, template: template
        ).score(context)
    }

    /// Reads the file and encodes its items.
    ///
    /// - Parameters:
    ///   - configuration: The sizes of the model.
    ///   - tokenizer: The model's tokenizer.
    ///   - template: Lays out the questions of a generation task as a model was fine-tuned on them;
    ///     nil for the task's published layout.
    /// - Returns: What is scored, with remarks on what was cut or left out.
    /// - Throws: `TaskError` for the file, or for an item of which the model can make nothing.
    package func prepared(
        for configuration: ModelConfiguration, tokenizer: Tokenizer,
        template: PromptTemplate? = nil
    ) throws(TaskError) -> PreparedTask {
        let context = configuration.maxSequenceLength
        switch task.kind {
        case .multipleChoice(let format):
            let items = Sample(first: limit, of: try format.read(file))
            let choice = try MultipleChoiceTask(
                name: task.name, items: items, encoder: tokenizer, maximumLength: context)
            return PreparedTask(name: task.name, .choice(choice, items.items), choice.remarks)
        case .generation(let format):
            let records = Sample(first: limit, of: try readRecords())
            let answers = try generationTask(records, format, tokenizer, template)
            return PreparedTask(
                name: task.name, .answers(answers, format), answers.remarks(context: context))
        }
    }

    private func readRecords() throws(TaskError) -> [Record] {
        do {
            return try Record.read(file)
        } catch {
            throw .rows(error)
        }
    }

    private func generationTask(
        _ records: Sample<Record>, _ format: GenerationFormat, _ tokenizer: Tokenizer,
        _ template: PromptTemplate?
    ) throws(TaskError) -> GenerationTask {
        if template == nil && format == .gsm8k {
            return try GenerationTask(
                name: task.name, items: try items(of: records, format), tokenizer: tokenizer,
                check: format.check)
        }
        return try GenerationTask(
            name: task.name, records: records, template: template ?? .plain,
            tokenizer: tokenizer, check: format.check)
    }

    private func items(
        of records: Sample<Record>, _ format: GenerationFormat
    ) throws(TaskError) -> Sample<GenerationItem> {
        do {
            return try records.numberedMap { record, place in
                do { return try format.item(record) } catch {
                    throw DatasetError.unfit(
                        problems: [.init(row: place, reason: "\(error)")], count: 1)
                }
            }
        } catch let error as DatasetError {
            throw .rows(error)
        } catch {
            throw .unscorable(task: task.name, item: 1, reason: "\(error)")
        }
    }
}
