package import Datasets
package import Foundation
internal import Models
package import Tokenizers

/// The scores of one task and what they rest on.
package struct TaskResult: Sendable, Equatable {
    /// A metric's name (`acc`, `exact_match`, ...) and its value.
    package struct Metric: Sendable, Equatable {
        package var name: String
        package var score: MeanScore
    }

    package var metrics: [Metric]
    /// One for each item, in the order of the file.
    package var samples: [TaskSample]
}

/// Scores a model on a task's file as published scores are made, without examples in the prompt.
package struct TaskScorer: Sendable {
    package let task: TaskDefinition
    private let file: URL
    private let limit: Int

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
        self.limit = limit ?? .max
    }

    /// Reads the file and scores the model.
    ///
    /// - Parameters:
    ///   - context: The model and the memory to score it in.
    ///   - tokenizer: The model's tokenizer.
    ///   - template: Lays out the questions of a generation task as a model was fine-tuned on them;
    ///     nil for the task's published layout.
    /// - Returns: The scores, and what they rest on.
    /// - Throws: `TaskError` for the file; what `context.progress` throws;
    ///   `TensorError.outOfMemory`.
    package func score(
        _ context: ScoringContext, tokenizer: Tokenizer, template: PromptTemplate? = nil
    ) throws -> TaskResult {
        switch task.kind {
        case .multipleChoice(let format):
            let items = Array(try format.read(file).prefix(limit))
            return try score(items, context, tokenizer)
        case .generation(let format):
            let records = Array(try readRecords().prefix(limit))
            let prepared = generationTask(records, format, tokenizer, template)
            return try score(prepared, format, context)
        }
    }

    private func readRecords() throws(TaskError) -> [Record] {
        do {
            return try Record.read(file)
        } catch {
            throw .rows(error)
        }
    }

    // MARK: - Multiple choice

    private func score(
        _ items: [MultipleChoiceItem], _ context: ScoringContext, _ tokenizer: Tokenizer
    ) throws -> TaskResult {
        let prepared = MultipleChoiceTask(
            name: task.name, items: items, encoder: tokenizer,
            maximumLength: context.model.configuration.maxSequenceLength - 1)
        let scores = try prepared.scores(context)
        let samples = zip(items, scores).enumerated().map { sample($0, $1.0, $1.1) }
        return TaskResult(metrics: prepared.metrics(of: scores), samples: samples)
    }

    private func sample(
        _ index: Int, _ item: MultipleChoiceItem, _ scores: OptionScores
    ) -> TaskSample {
        .choice(
            .init(
                task: task.name, index: index, contexts: item.requests.map(\.context),
                continuations: item.requests.map(\.continuation),
                logLikelihoods: scores.logLikelihoods, gold: item.gold, choice: scores.choice,
                normalisedChoice: item.sharesContext ? scores.normalisedChoice : nil))
    }

    // MARK: - Generation

    private func score(
        _ prepared: GenerationTask, _ format: GenerationFormat, _ context: ScoringContext
    ) throws -> TaskResult {
        let answers = try prepared.answers(context)
        var metrics = prepared.metrics(of: answers)
        if format == .gsm8k {
            let flexible = answers.map { GSM8KAnswer.flexible.isRight($0.text, reference: $0.gold) }
            metrics.append(.init(name: "exact_match_flexible", score: MeanScore(flexible)))
        }
        let samples = answers.enumerated().map { index, answer in
            TaskSample.answer(
                .init(
                    task: task.name, index: index, prompt: answer.prompt, text: answer.text,
                    gold: answer.gold, isRight: answer.isRight))
        }
        return TaskResult(metrics: metrics, samples: samples)
    }

    private func generationTask(
        _ records: [Record], _ format: GenerationFormat, _ tokenizer: Tokenizer,
        _ template: PromptTemplate?
    ) -> GenerationTask {
        if template == nil && format == .gsm8k {
            return GenerationTask(
                name: task.name, items: records.map { format.item($0) }, tokenizer: tokenizer,
                check: format.check)
        }
        return GenerationTask(
            name: task.name, records: records, template: template ?? .plain,
            tokenizer: tokenizer, check: format.check)
    }
}
