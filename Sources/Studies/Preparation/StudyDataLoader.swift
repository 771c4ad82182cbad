internal import Bases
internal import Datasets
internal import Evaluation
internal import Foundation
internal import Models
internal import Settings
internal import Tokenizers

/// Reads a study's data, collecting what is wrong instead of stopping at the first problem.
struct StudyDataLoader {
    let study: Study
    let base: ModelDescription
    let locator: DataLocator
    let template: PromptTemplate
    let tasks: TaskLocator
    /// Where programs are run that models write.
    var programs = AnswerWriting.Programs.refused("programs are not run while a study is checked")
    private(set) var problems: [SettingsProblem] = []
    var leftOut = LeftOutData()

    init(study: Study, base: ModelDescription, locator: DataLocator) {
        tasks = TaskLocator(locator)
        self.study = study
        self.base = base
        self.locator = locator
        do {
            template = try study.target.template.template(
                of: study.base, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
        } catch {
            template = .plain
            problems.append(study.problem(at: "target.template", "\(error)"))
        }
    }

    /// Which of the templates the base's own is, if the study asks for that; whether nothing ends an
    /// answer, or nothing that may be forgotten is measured; and what of the data read so far is left
    /// out.
    var remarks: [String] {
        let prompts =
            study.target.template == .model
            ? ["prompts as the chat template of \(study.base) has them: \(template)"] : []
        let end = template.remark(on: base.tokenizer, model: study.base)
        return prompts + [end, withoutSource].compactMap { $0 } + leftOut.remarks
    }

    /// What a study without a source does not say.
    private var withoutSource: String? {
        study.source.tasks.isEmpty && study.source.text == nil
            ? "nothing that the base may forget is measured; add source.text or source.tasks" : nil
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
            switch target.regime {
            case .instruct:
                let files = try loader.limited(
                    try target.train.map { ($0, try loader.records($0)) }, "records")
                return try TrainingData(masks: masks) { mask in
                    try files.flatMap { data, records in
                        let dataset = try loader.dataset(records, mask: mask)
                        loader.leftOut.tell(dataset, of: data.path)
                        return dataset.examples
                    }
                }
            case .continue:
                let files = try loader.limited(
                    try target.train.map { ($0, try loader.texts($0)) }, "texts")
                return TrainingData(
                    text: try loader.packed(files.flatMap(\.1), of: target.trainedOn), masks: masks)
            }
        }
    }

    /// Whether any task is judged by running programs.
    var judgesPrograms: Bool {
        (study.target.tasks + study.source.tasks).contains { name in
            (try? tasks.task(name))?.judgesPrograms ?? false
        }
    }

    // MARK: - Reading

    /// The target's records, as its prompts show them.
    func records(_ data: StudyData) throws -> [Record] {
        try Record.read(file(data.path), data.rows).map {
            $0.showingTests(study.target.shownTests)
        }
    }

    /// The documents of a file.
    func texts(_ data: StudyData) throws -> [String] {
        try PlainText.read(file(data.path), data.rows)
    }

    /// What `train_limit` leaves of what several files hold; those of which nothing is left are gone.
    private mutating func limited<Thing>(
        _ files: [(StudyData, [Thing])], _ what: String
    ) throws -> [(StudyData, [Thing])] {
        let target = study.target
        let all = files.flatMap { data, things in things.map { (data, $0) } }
        let kept = leftOut.first(
            target.trainLimit, of: all, "\(what) of \(target.trainedOn)",
            by: "target.train_limit")
        return files.map(\.0).compactMap { data in
            let things = kept.filter { $0.0 == data }.map(\.1)
            return things.isEmpty ? nil : (data, things)
        }
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

    func file(_ path: String) throws -> URL {
        guard let found = locator.find(path) else { throw StudyDataError.noFile(path) }
        return found.url
    }

    /// What `body` makes; nil if it fails.
    ///
    /// What is wrong with a file is told once, for the key that is read first.
    mutating func attempt<Result>(
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
    case noAnswers(String)
    case nothingToPredict(String)

    var description: String {
        switch self {
        case .noFile(let path): "there is no file \(path)"
        case .noAnswers(let file):
            "\(file): no record has an answer of which a token is predicted"
        case .nothingToPredict(let file):
            "\(file): no document has a token after its first; give longer texts"
        }
    }
}
