/// A task's items, encoded for a model and ready to be scored.
package struct PreparedTask: Sendable {
    /// What the items are, by how an answer is taken.
    enum Items: Sendable {
        case choice(MultipleChoiceTask, [MultipleChoiceItem])
        case answers(GenerationTask, GenerationFormat)
        case ids([[Int32]])
    }

    package let name: String
    /// What the model's context leaves out, in words.
    package let remarks: [String]
    private let items: Items

    init(name: String, _ items: Items, _ remarks: [String]) {
        self.name = name
        self.items = items
        self.remarks = remarks
    }

    /// Rows of token ids, to be predicted from their second id on; see `IdRows`.
    package init(ids rows: [[Int32]]) {
        self.init(name: "ids", .ids(rows), [])
    }

    /// Scores a model.
    ///
    /// - Parameter context: The model and the memory to score it in.
    /// - Returns: The scores, and what they rest on.
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    package func score(_ context: ScoringContext) throws -> TaskResult {
        switch items {
        case .choice(let task, let items): try result(task, items, context)
        case .answers(let task, let format): try result(task, format, context)
        case .ids(let rows): try result(rows, context)
        }
    }

    /// The loss is in nats per predicted token.
    private func result(_ rows: [[Int32]], _ context: ScoringContext) throws -> TaskResult {
        let likelihoods = try TextScoring.logLikelihoods(of: rows, context)
        let loss = MeanScore(
            sums: likelihoods.map { -$0.reduce(0, +) }, counts: likelihoods.map(\.count))
        return TaskResult(
            metrics: [.init(name: "loss", score: loss)],
            samples: likelihoods.map { .ids(.init(logLikelihoods: $0)) })
    }

    private func result(
        _ task: MultipleChoiceTask, _ items: [MultipleChoiceItem], _ context: ScoringContext
    ) throws -> TaskResult {
        let scores = try task.scores(context)
        let samples = zip(items, scores).enumerated().map { sample($0, $1.0, $1.1) }
        return TaskResult(metrics: task.metrics(of: scores), samples: samples)
    }

    private func sample(
        _ index: Int, _ item: MultipleChoiceItem, _ scores: OptionScores
    ) -> TaskSample {
        .choice(
            .init(
                task: name, index: index, contexts: item.requests.map(\.context),
                continuations: item.requests.map(\.continuation),
                logLikelihoods: scores.logLikelihoods, gold: item.gold, choice: scores.choice,
                normalisedChoice: item.sharesContext ? scores.normalisedChoice : nil))
    }

    private func result(
        _ task: GenerationTask, _ format: GenerationFormat, _ context: ScoringContext
    ) throws -> TaskResult {
        let answers = try task.answers(context)
        var metrics = task.metrics(of: answers)
        if format == .gsm8k {
            let flexible = answers.map { GSM8KAnswer.flexible.isRight($0.text, reference: $0.gold) }
            metrics.append(.init(name: "exact_match_flexible", score: MeanScore(flexible)))
        }
        let samples = answers.enumerated().map { index, answer in
            TaskSample.answer(
                .init(
                    task: name, index: index, prompt: answer.prompt, text: answer.text,
                    gold: answer.gold, isRight: answer.isRight))
        }
        return TaskResult(metrics: metrics, samples: samples)
    }
}

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
