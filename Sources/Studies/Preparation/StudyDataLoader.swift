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

    init(study: Study, base: ModelDescription, locator: DataLocator) {
        self.study = study
        self.base = base
        self.locator = locator
        do {
            template = try study.target.template.template(
                of: study.base, chatTemplate: base.chatTemplate)
        } catch {
            template = .plain
            problems.append(study.problem(at: "target.template", "\(error)"))
        }
    }

    /// Which of the templates the base's own is, if the study asks for that.
    var remarks: [String] {
        study.target.template == .model
            ? ["prompts as the chat template of \(study.base) has them: \(template)"] : []
    }

    mutating func model() -> Transformer? {
        attempt("base") { [base] _ in
            try Transformer.load(base.configuration, from: base.weights, path: base.url.path)
        }
    }

    mutating func training() -> TrainingData? {
        attempt("target.train") { [study] loader in
            let file = try loader.file(study.target.train)
            let limit = study.target.trainLimit ?? .max
            let masks = study.arms.map(\.lossMask)
            switch study.target.regime {
            case .instruct:
                let records = Array(try loader.records(file).prefix(limit))
                return try TrainingData(masks: masks, file: study.target.train) { mask in
                    try loader.dataset(records, mask: mask)
                }
            case .continue:
                return TrainingData(text: try loader.packed(file, limit: limit), masks: masks)
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
        attempt("target.evaluation") { [study] loader in
            let file = try loader.evaluationFile(study.target.tasks[0])
            let examples =
                switch study.target.regime {
                case .instruct:
                    try loader.dataset(try loader.records(file), mask: .response).examples
                case .continue: try loader.packed(file)
                }
            return Array(examples.prefix(study.evaluation.limit ?? .max))
        }
    }

    private mutating func generationTask(_ name: String) -> GenerationTask? {
        attempt("target.tasks") { [study, base, template] loader in
            let definition = try TaskDefinition.named(name)
            guard case .generation(let format) = definition.kind else {
                throw StudyDataError.notATargetTask(name)
            }
            try definition.checkScorable()
            let file =
                study.target.regime == .instruct
                ? try loader.evaluationFile(name)
                : try loader.locator.file(of: definition, in: nil)
            let limit = study.evaluation.generateLimit ?? study.evaluation.limit ?? .max
            return GenerationTask(
                name: name, records: Array(try loader.records(file).prefix(limit)),
                template: template, tokenizer: base.tokenizer, check: format.check)
        }
    }

    private mutating func choiceTask(_ name: String) -> MultipleChoiceTask? {
        attempt("source.tasks") { [study, base] loader in
            let definition = try TaskDefinition.named(name)
            guard case .multipleChoice(let format) = definition.kind else {
                throw StudyDataError.notASourceTask(name)
            }
            let folder = try study.source.data.map { try loader.file($0) }
            let items = try format.read(try loader.locator.file(of: definition, in: folder))
            return MultipleChoiceTask(
                name: name, items: Array(items.prefix(study.evaluation.limit ?? .max)),
                encoder: base.tokenizer,
                maximumLength: base.configuration.maxSequenceLength - 1)
        }
    }

    private mutating func sourceText() -> [TokenizedExample] {
        guard let path = study.source.text else { return [] }
        let limit = study.evaluation.limit ?? .max
        return attempt("source.text") { loader in
            Array(try loader.packed(try loader.file(path)).prefix(limit))
        } ?? []
    }

    // MARK: - Reading

    /// The target's records, as its prompts show them.
    private func records(_ file: URL) throws -> [Record] {
        try Record.read(file).map { $0.showingTests(study.target.shownTests) }
    }

    private func dataset(_ records: [Record], mask: LossMask) throws -> TokenizedDataset {
        try TokenizedDataset(
            records, template: template, mask: mask,
            sequenceLength: study.training.sequenceLength, encoder: base.tokenizer)
    }

    private func packed(_ file: URL, limit: Int = .max) throws -> [TokenizedExample] {
        try Packing.rows(
            Array(try PlainText.read(file).prefix(limit)),
            sequenceLength: study.training.sequenceLength, encoder: base.tokenizer)
    }

    private func file(_ path: String) throws -> URL {
        guard let found = locator.find(path) else { throw StudyDataError.noFile(path) }
        return found.url
    }

    /// The file of evaluation records that the study names, or else the task's own.
    private func evaluationFile(_ task: String) throws -> URL {
        if let path = study.target.evaluation { return try file(path) }
        return try locator.file(of: try .named(task), in: nil)
    }

    private mutating func attempt<Result>(
        _ path: String, _ body: (StudyDataLoader) throws -> Result
    ) -> Result? {
        do {
            return try body(self)
        } catch {
            problems.append(study.problem(at: path, "\(error)"))
            return nil
        }
    }
}

/// What can be wrong with the data that a study names.
enum StudyDataError: Error, Equatable, CustomStringConvertible {
    case noFile(String)
    case notATargetTask(String)
    case notASourceTask(String)

    var description: String {
        switch self {
        case .noFile(let path): "there is no file \(path)"
        case .notATargetTask(let name):
            "\(name) is a multiple-choice task; a target task is one whose answers are written"
        case .notASourceTask(let name):
            "\(name) needs written answers; a source task is a multiple-choice task"
        }
    }
}
