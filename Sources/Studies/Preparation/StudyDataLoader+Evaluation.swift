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
        let generation = study.target.tasks.compactMap { generationTask($0) }
        let choice = study.source.tasks.compactMap { choiceTask($0) }
        let text = sourceText()
        guard let target, problems.isEmpty else { return nil }
        return EvaluationPlan(
            domain: study.target.domain, target: target, generation: generation,
            choice: choice, text: text)
    }

    private mutating func targetTexts() -> Sample<ScoredText>? {
        attempt("target.evaluation") { loader in
            let target = loader.study.target
            let name = target.evaluation ?? target.tasks.first ?? target.domain
            let file = try loader.evaluationFile(name)
            return switch target.regime {
            case .instruct: try loader.answers(in: file, name)
            case .continue: try loader.documents(in: file, name)
            }
        }
    }

    private mutating func generationTask(_ name: String) -> GenerationTask? {
        attempt("target.tasks") { loader in
            let definition = try TaskDefinition.named(name)
            guard case .generation(let format) = definition.kind else {
                throw StudyDataError.notATargetTask(name)
            }
            try definition.checkScorable()
            let records = try loader.records(
                loader.study.target.regime == .instruct
                    ? try loader.evaluationFile(name)
                    : try definition.file(in: loader.locator.taskFolder))
            let task = try GenerationTask(
                name: name, records: loader.asked(of: records, name), template: loader.template,
                tokenizer: loader.base.tokenizer, check: format.check)
            task.remarks(context: loader.context).forEach { loader.leftOut.add($0) }
            return task
        }
    }

    private mutating func choiceTask(_ name: String) -> MultipleChoiceTask? {
        attempt("source.tasks") { loader in
            let definition = try TaskDefinition.named(name)
            guard case .multipleChoice(let format) = definition.kind else {
                throw StudyDataError.notASourceTask(name)
            }
            let folder = try loader.study.source.data.map { try loader.file($0) }
            let items = try format.read(
                try definition.file(in: folder ?? loader.locator.taskFolder))
            let task = try MultipleChoiceTask(
                name: name, items: loader.sample(items, "items of \(name)"),
                encoder: loader.base.tokenizer, maximumLength: loader.context)
            task.remarks.forEach { loader.leftOut.add($0) }
            return task
        }
    }

    private mutating func sourceText() -> Sample<ScoredText>? {
        study.source.text.flatMap { path in
            attempt("source.text") { loader in
                try loader.documents(in: try loader.file(path), path)
            }
        }
    }

    // MARK: - Texts

    /// The gold answers of a file's records.
    ///
    /// - Throws: `StudyDataError.noAnswers`, `DatasetError`.
    private mutating func answers(in file: URL, _ name: String) throws -> Sample<ScoredText> {
        let records = sample(try records(file), "records of \(name)")
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
    private mutating func documents(in file: URL, _ name: String) throws -> Sample<ScoredText> {
        let texts = sample(try PlainText.read(file), "documents of \(name)").map {
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

    /// The file of evaluation records that the study names, or else the task's own.
    private func evaluationFile(_ task: String) throws -> URL {
        if let path = study.target.evaluation { return try file(path) }
        return try TaskDefinition.named(task).file(in: locator.taskFolder)
    }

    /// What is scored of some things.
    private mutating func sample<Thing>(_ things: [Thing], _ name: String) -> Sample<Thing> {
        leftOut.sample(study.evaluation.limit, of: things, name, by: "evaluate.limit")
    }

    /// The records whose answers are written: a part of those whose loss is measured.
    private mutating func asked(of records: [Record], _ task: String) -> Sample<Record> {
        let key =
            study.evaluation.questionLimit == study.evaluation.limit
            ? "evaluate.limit" : "evaluate.generate_limit"
        return leftOut.sample(
            study.evaluation.questionLimit, of: records, "questions of \(task)", by: key)
    }
}
