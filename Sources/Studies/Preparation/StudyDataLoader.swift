internal import Bases
internal import Datasets
internal import Evaluation
internal import Foundation
internal import Models
internal import Tokenizers

/// Reads a study's data, collecting what is wrong instead of stopping at the first problem.
struct StudyDataLoader {
    private let study: Study
    private let base: ModelDescription
    private let locator: DataLocator
    private let template: PromptTemplate
    private(set) var problems: [StudyProblem] = []
    private var leftOut = LeftOutData()

    init(study: Study, base: ModelDescription, locator: DataLocator) {
        self.study = study
        self.base = base
        self.locator = locator
        do {
            template = try study.target.template.template(
                of: study.base, chatTemplate: base.chatTemplate, edges: base.tokenizer.edges)
        } catch {
            template = .plain
            problems.append(study.problem(at: "target.template", "\(error)"))
        }
    }

    /// Which of the templates the base's own is, if the study asks for that; whether nothing ends an
    /// answer; and what of the data read so far is left out.
    var remarks: [String] {
        let prompts =
            study.target.template == .model
            ? ["prompts as the chat template of \(study.base) has them: \(template)"] : []
        let end = template.remark(on: base.tokenizer, model: study.base)
        return prompts + [end].compactMap { $0 } + leftOut.remarks
    }

    mutating func model() -> Transformer? {
        attempt("base") { loader in
            let base = loader.base
            return try Transformer.load(base.configuration, from: base.weights, path: base.url.path)
        }
    }

    mutating func training() -> TrainingData? {
        attempt("target.train") { loader in
            let target = loader.study.target
            let masks = loader.study.arms.map(\.lossMask)
            let file = try loader.file(target.train)
            switch target.regime {
            case .instruct:
                let records = loader.leftOut.first(
                    target.trainLimit, of: try loader.records(file), "records of \(target.train)",
                    by: "target.train_limit")
                return try TrainingData(masks: masks) { mask in
                    let dataset = try loader.dataset(records, mask: mask)
                    loader.leftOut.tell(dataset, of: target.train)
                    return dataset.examples
                }
            case .continue:
                let documents = loader.leftOut.first(
                    target.trainLimit, of: try PlainText.read(file), "texts of \(target.train)",
                    by: "target.train_limit")
                return TrainingData(
                    text: try loader.packed(documents, of: target.train), masks: masks)
            }
        }
    }

    mutating func evaluationPlan() -> EvaluationPlan? {
        let target = targetExamples()
        let generation = study.target.tasks.compactMap { generationTask($0) }
        let choice = study.source.tasks.compactMap { choiceTask($0) }
        let text = sourceText()
        guard let target, problems.isEmpty else { return nil }
        return EvaluationPlan(
            domain: study.target.domain, target: target, generation: generation,
            choice: choice, text: text)
    }

    // MARK: - Parts

    private mutating func targetExamples() -> [TokenizedExample]? {
        attempt("target.evaluation") { loader in
            let target = loader.study.target
            let name = target.evaluation ?? target.tasks[0]
            let file = try loader.evaluationFile(target.tasks[0])
            switch target.regime {
            case .instruct:
                let records = loader.limited(try loader.records(file), "records of \(name)")
                let dataset = try loader.dataset(records, mask: .response)
                loader.leftOut.tell(dataset, of: name, for: " of the target's loss")
                guard dataset.hasAnswers else { throw StudyDataError.noAnswers(name) }
                return dataset.examples
            case .continue:
                let rows = try loader.packed(try PlainText.read(file), of: name)
                return loader.limited(rows, "sequences of \(name)")
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
            let limit = loader.study.evaluation.generateLimit
            let asked =
                limit == nil
                ? loader.limited(records, "questions of \(name)")
                : loader.leftOut.first(
                    limit, of: records, "questions of \(name)", by: "evaluate.generate_limit")
            let task = try GenerationTask(
                name: name, records: asked, template: loader.template,
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
                name: name, items: loader.limited(items, "items of \(name)"),
                encoder: loader.base.tokenizer, maximumLength: loader.context)
            task.remarks.forEach { loader.leftOut.add($0) }
            return task
        }
    }

    private mutating func sourceText() -> [TokenizedExample] {
        guard let path = study.source.text else { return [] }
        return attempt("source.text") { loader in
            let documents = try PlainText.read(try loader.file(path))
            return loader.limited(
                try loader.packed(documents, of: path), "sequences of \(path)")
        } ?? []
    }

    // MARK: - Reading

    private var context: Int { base.configuration.maxSequenceLength }

    /// What is scored of some things.
    private mutating func limited<Thing>(_ things: [Thing], _ name: String) -> [Thing] {
        leftOut.first(study.evaluation.limit, of: things, name, by: "evaluate.limit")
    }

    /// The target's records, as its prompts show them.
    private func records(_ file: URL) throws -> [Record] {
        try Record.read(file).map { $0.showingTests(study.target.shownTests) }
    }

    private func dataset(_ records: [Record], mask: LossMask) throws -> TokenizedDataset {
        try TokenizedDataset(
            records, template: template, mask: mask,
            sequenceLength: study.training.sequenceLength, encoder: base.tokenizer)
    }

    private mutating func packed(
        _ documents: [String], of name: String
    ) throws -> [TokenizedExample] {
        let text = try PackedText(
            documents, sequenceLength: study.training.sequenceLength, encoder: base.tokenizer)
        leftOut.tell(text, of: name)
        return text.rows
    }

    private func file(_ path: String) throws -> URL {
        guard let found = locator.find(path) else { throw StudyDataError.noFile(path) }
        return found.url
    }

    /// The file of evaluation records that the study names, or else the task's own.
    private func evaluationFile(_ task: String) throws -> URL {
        if let path = study.target.evaluation { return try file(path) }
        return try TaskDefinition.named(task).file(in: locator.taskFolder)
    }

    /// What `body` makes; nil if it fails.
    ///
    /// What is wrong with a file is told once, for the key that is read first.
    private mutating func attempt<Result>(
        _ path: String, _ body: (inout StudyDataLoader) throws -> Result
    ) -> Result? {
        do {
            return try body(&self)
        } catch {
            let text = "\(error)"
            if !(error is DatasetError) || !problems.contains(where: { $0.text == text }) {
                problems.append(study.problem(at: path, text))
            }
            return nil
        }
    }
}

/// What can be wrong with the data that a study names.
enum StudyDataError: Error, Equatable, CustomStringConvertible {
    case noFile(String)
    case notATargetTask(String)
    case notASourceTask(String)
    case noAnswers(String)

    var description: String {
        switch self {
        case .noFile(let path): "there is no file \(path)"
        case .notATargetTask(let name):
            "\(name) is a multiple-choice task; a target task is one whose answers are written"
        case .notASourceTask(let name):
            "\(name) needs written answers; a source task is a multiple-choice task"
        case .noAnswers(let file):
            "\(file): no record has an answer of which a token is left within train.sequence_length"
        }
    }
}
