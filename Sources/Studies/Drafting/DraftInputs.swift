internal import Bases
internal import Datasets
internal import Evaluation
internal import Foundation

/// Opens what a study is drafted from, collecting what is wrong instead of stopping at the first problem.
struct DraftInputs {
    private let request: StudyDraftRequest
    private let locator: DataLocator
    private(set) var problems: [String] = []

    init(_ request: StudyDraftRequest, _ locator: DataLocator) {
        self.request = request
        self.locator = locator
    }

    /// The path as the study has it, so that it means the same from any folder: embedded data by
    /// their short names, names of models as they are, everything else from the root.
    func path(_ path: String) -> String {
        guard let found = locator.find(path) else { return path }
        let isEmbedded = found.isEmbedded && !path.hasPrefix("/")
        let isName =
            (try? BaseModel.url(of: path, locator: locator)) != nil
            && !path.contains("/") && !path.hasSuffix(".gguf")
        return isEmbedded || isName ? path : found.url.path
    }

    mutating func model() -> ModelDescription? {
        attempt { inputs in
            try ModelDescription(
                try BaseModel.url(of: inputs.request.base, locator: inputs.locator))
        }
    }

    /// What is trained on and measured.
    mutating func data(beside study: URL) -> DraftData? {
        let training = attempt { try DraftRecords(try $0.file($0.request.train)) }
        guard let evaluation = request.evaluation else {
            return training.flatMap { rows in
                attempt { try DraftData(parting: rows, of: $0.request.train, beside: study) }
            }
        }
        let measured = attempt { try DraftRecords(try $0.file(evaluation)) }
        guard let training, let measured else { return nil }
        guard training.regime == measured.regime else {
            problems.append(
                "\(evaluation): is \(measured.regime.rows), but \(request.train) is "
                    + "\(training.regime.rows); give both in one form")
            return nil
        }
        return DraftData(
            train: path(request.train), training, evaluation: path(evaluation), measured)
    }

    /// What the base may forget.
    mutating func source() -> DraftSource? {
        let text = request.sourceText.map { name in
            attempt { inputs in
                _ = try PlainText.read(try inputs.file(name))
                return inputs.path(name)
            }
        }
        let tasks = request.sourceData.map { name in
            attempt { inputs in try inputs.tasks(in: name) }
        }
        if case .some(nil) = text { return nil }
        if case .some(nil) = tasks { return nil }
        if request.base == BaseModel.embeddedName, text == nil, tasks == nil { return .embedded }
        return DraftSource(
            tasks: tasks.flatMap { $0 } ?? [], text: text.flatMap { $0 },
            data: request.sourceData.map(path))
    }

    /// The multiple-choice tasks whose files a folder has.
    private func tasks(in folder: String) throws -> [String] {
        let url = try file(folder)
        let found = try TaskLocator(locator).catalog.all().filter { task in
            guard case .choice = task.question, task.parts.isEmpty else { return false }
            return (try? task.data.file(in: [url], of: task.name)) != nil
        }
        guard !found.isEmpty else {
            throw StudyDraftError.unusable([
                "\(folder): has no file of a source task, such as hellaswag/validation.jsonl"
            ])
        }
        return found.map(\.name)
    }

    private func file(_ path: String) throws -> URL {
        guard let found = locator.find(path) else { throw StudyDataError.noFile(path) }
        return found.url
    }

    private mutating func attempt<Result>(
        _ body: (inout DraftInputs) throws -> Result
    ) -> Result? {
        do {
            return try body(&self)
        } catch {
            problems.append("\(error)")
            return nil
        }
    }
}

extension Study.Regime {
    /// What a file of it holds, for messages.
    fileprivate var rows: String {
        switch self {
        case .instruct: "questions with answers"
        case .continue: "plain text"
        }
    }
}
