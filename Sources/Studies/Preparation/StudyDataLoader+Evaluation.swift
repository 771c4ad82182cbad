internal import Bases
internal import Datasets
internal import Evaluation
internal import Foundation
internal import Models
internal import Tokenizers

/// Reads what is measured: whole texts at the model's length, and a sample of each file that the study
/// limits.
extension StudyDataLoader {
    /// The data of every evaluation point; nil if something is wrong with them.
    mutating func evaluationPlan() -> EvaluationPlan? {
        let target = targetTexts()
        let targetTasks = study.target.tasks.compactMap { targetTask($0) }
        let sourceTasks = study.source.tasks.compactMap { name in
            attempt("source.tasks") { loader in
                try loader.published(try loader.tasks.task(name), in: loader.study.source.data)
            }
        }
        let text = sourceText()
        guard let target, problems.isEmpty else { return nil }
        return EvaluationPlan(
            domain: study.target.domain, target: target, targetTasks: targetTasks,
            sourceTasks: sourceTasks, text: text)
    }

    private mutating func targetTexts() -> Sample<ScoredText>? {
        attempt("target.evaluation") { loader in
            let target = loader.study.target
            let name = target.evaluation?.path ?? target.tasks.first ?? target.domain
            let data = try loader.evaluated(name)
            return switch target.regime {
            case .instruct: try loader.answers(in: data, name)
            case .continue: try loader.documents(in: data, name)
            }
        }
    }

    // MARK: - Tasks

    private mutating func targetTask(_ name: String) -> (any PreparedTask)? {
        attempt("target.tasks") { loader in
            let task = try loader.tasks.task(name)
            let target = loader.study.target
            return task.isWritten && target.prompts == .template
                ? try loader.asked(task, name) : try loader.published(task, in: target.data)
        }
    }

    /// A task whose answers are written after prompts of the training's template.
    private mutating func asked(_ task: TaskDefinition, _ name: String) throws -> WrittenTask {
        let records = try records(
            study.target.regime == .instruct ? try evaluated(name) : try records(of: task))
        let asked = try WrittenTask(
            name: task.name, records: self.asked(of: records, name), task.answerMetrics,
            template: template, tokenizer: base.tokenizer, context: context,
            // Their likelihood is the target's loss already.
            writing: AnswerWriting(scoresGold: false, programs: programs))
        asked.remarks.forEach { leftOut.add($0) }
        return asked
    }

    /// A task as it is scored where its scores are published.
    private mutating func published(
        _ task: TaskDefinition, in folder: String?
    ) throws -> any PreparedTask {
        let items = try TaskReader(
            task, folders: tasks.folders(folder), shots: study.evaluation.shots[task.name]
        ).read()
        let limit = task.isWritten ? study.evaluation.questionLimit : study.evaluation.limit
        leftOut.drawn(
            limit, of: items.count,
            task.isWritten ? "questions of \(task.name)" : "items of \(task.name)",
            by: task.isWritten ? questionKey : "evaluate.limit")
        let prepared = try items.prepared(
            drawing: limit, tokenizer: base.tokenizer, context: context, template: template,
            writing: AnswerWriting(programs: programs))
        prepared.remarks.forEach { leftOut.add($0) }
        return prepared
    }

    private mutating func sourceText() -> Sample<ScoredText>? {
        study.source.text.flatMap { path in
            attempt("source.text") { loader in
                try loader.documents(in: StudyData(path), path)
            }
        }
    }

    // MARK: - Texts

    /// The gold answers of a file's records.
    ///
    /// - Throws: `StudyDataError.noAnswers`, `DatasetError`.
    private mutating func answers(
        in data: StudyData, _ name: String
    ) throws -> Sample<ScoredText> {
        let records = sample(try records(data), "records of \(name)")
        let laidOut = records.zipped(with: try template.laidOut(records))
        let answers = try laidOut.numberedMap { item, place in
            let (record, layout) = item
            let example = TokenizedExample(
                layout, template: template, mask: .response, encoder: base.tokenizer)
            if let part = example.lostPart(of: layout, base.tokenizer) {
                throw DatasetError.noTokens(record: place, part: part)
            }
            return ScoredText(
                answerOf: record, example, context: context, encoder: base.tokenizer)
        }
        leftOut.tell(answers: answers.items, of: name, context: context)
        guard answers.items.contains(where: { $0.tokenCount > 0 }) else {
            throw StudyDataError.noAnswers(name)
        }
        return answers
    }

    /// The documents of a file of which anything is predicted.
    ///
    /// - Throws: `StudyDataError.nothingToPredict`, `DatasetError`.
    private mutating func documents(
        in data: StudyData, _ name: String
    ) throws -> Sample<ScoredText> {
        let texts = sample(try texts(data), "documents of \(name)").map {
            ScoredText(document: $0, context: context, encoder: base.tokenizer)
        }
        let scored = texts.filter { $0.tokenCount > 0 }
        leftOut.tell(
            emptyDocuments: texts.items.count - scored.items.count, of: texts.items.count,
            in: name)
        guard !scored.items.isEmpty else { throw StudyDataError.nothingToPredict(name) }
        return scored
    }

    // MARK: - What is read

    private var context: Int { base.configuration.maxSequenceLength }

    /// The evaluation records that the study names, or else the task's own.
    private func evaluated(_ task: String) throws -> StudyData {
        try study.target.evaluation ?? records(of: try tasks.task(task))
    }

    private func records(of task: TaskDefinition) throws -> StudyData {
        let file = try task.data.file(in: tasks.folders(study.target.data), of: task.name)
        return StudyData(file.path, rows: task.data.rows)
    }

    /// What is scored of some things.
    private mutating func sample<Thing>(_ things: [Thing], _ name: String) -> Sample<Thing> {
        leftOut.sample(study.evaluation.limit, of: things, name, by: "evaluate.limit")
    }

    /// The records whose answers are written: a part of those whose loss is measured.
    private mutating func asked(of records: [Record], _ task: String) -> Sample<Record> {
        leftOut.sample(
            study.evaluation.questionLimit, of: records, "questions of \(task)", by: questionKey)
    }

    /// The key that limits questions with written answers.
    private var questionKey: String {
        study.evaluation.questionLimit == study.evaluation.limit
            ? "evaluate.limit" : "evaluate.generate_limit"
    }
}
