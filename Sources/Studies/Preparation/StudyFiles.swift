package import Bases
internal import Evaluation
package import Foundation
internal import Models
internal import Tokenizers

/// The files that a study reads, beside its own.
package struct StudyFiles {
    /// One of them.
    package struct File: Sendable, Equatable {
        package var role: Role
        /// Which of several in that role; empty for the only one.
        package var name: String
        package var url: URL
    }

    /// What a file is to the study.
    package enum Role: String, Sendable {
        case base, tokenizer, train, evaluation, task, text
    }

    private let study: Study
    private let locator: DataLocator

    package init(_ study: Study, locator: DataLocator) {
        self.study = study
        self.locator = locator
    }

    /// All that there are; what is missing is found when the study is prepared.
    package var all: [File] { base + data }

    // MARK: - The base

    private static let baseNames = [
        HuggingFaceConfiguration.fileName, "generation_config.json",
    ]
    private static let tokenizerNames = [
        Tokenizer.fileName, "tokenizer_config.json", "special_tokens_map.json",
        "added_tokens.json", "chat_template.jinja", "chat_template.json",
    ]

    private var base: [File] {
        guard let url = try? BaseModel.url(of: study.base, locator: locator) else { return [] }
        // A file has its tokenizer within it.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
            return [File(role: .base, name: "", url: url)]
        }
        let weights = names.filter { $0.hasPrefix("model") && $0.contains(".safetensors") }
        let file = { (role: Role, name: String) in
            File(role: role, name: name, url: url.appending(path: name))
        }
        return (weights.sorted() + Self.baseNames.filter(names.contains)).map { file(.base, $0) }
            + Self.tokenizerNames.filter(names.contains).map { file(.tokenizer, $0) }
    }

    // MARK: - Data

    private var data: [File] {
        let target = study.target
        let isOwnData =
            target.regime == .continue || target.evaluation == nil || target.prompts == .published
        return files(.train, target.train.map(\.path))
            + files(.evaluation, [target.evaluation?.path].compactMap { $0 })
            + files(.text, [study.source.text].compactMap { $0 })
            + (isOwnData ? target.tasks : []).flatMap { task($0, in: target.data) }
            + study.source.tasks.flatMap { task($0, in: study.source.data) }
    }

    private func files(_ role: Role, _ paths: [String]) -> [File] {
        paths.enumerated().compactMap { index, path in
            locator.find(path).map {
                File(role: role, name: index == 0 ? "" : "\(index + 1)", url: $0.url)
            }
        }
    }

    /// The files of a task's data, and that of a user's own task.
    private func task(_ name: String, in folder: String?) -> [File] {
        let tasks = TaskLocator(locator)
        guard let task = try? tasks.task(name),
            let reader = try? TaskReader(
                task, folders: tasks.folders(folder), shots: study.evaluation.shots[task.name]),
            let files = try? reader.files()
        else { return [] }
        let all = task.ownFolder == nil ? files : [URL(filePath: task.file)] + files
        return all.enumerated().map { index, url in
            File(role: .task, name: index == 0 ? name : "\(name) \(index + 1)", url: url)
        }
    }
}
