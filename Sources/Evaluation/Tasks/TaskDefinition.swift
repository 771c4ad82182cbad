package import Foundation

/// A task that lethe can score: its name, how it is scored, and where its file is found.
package struct TaskDefinition: Sendable, Equatable {
    /// How a model's answer is taken.
    package enum Kind: Sendable, Equatable {
        /// The most likely option.
        case multipleChoice(MultipleChoiceFormat)
        /// Generated text.
        case generation(GenerationFormat)
    }

    package let name: String
    package let kind: Kind
    /// Paths to look for in a data folder, the first that exists wins.
    package let fileNames: [String]

    /// The task's file in `folder`.
    /// - Throws: `TaskError.noFile` when none of `fileNames` exists.
    package func file(in folder: URL) throws(TaskError) -> URL {
        for name in fileNames {
            let file = folder.appending(path: name)
            if FileManager.default.fileExists(atPath: file.path) { return file }
        }
        throw .noFile(task: name, folder: folder.path, names: fileNames)
    }

    /// - Throws: `TaskError.runsPrograms` if answers would have to be run.
    package func checkScorable() throws(TaskError) {
        if case .generation(let format) = kind, format.check == .program {
            throw .runsPrograms(task: name)
        }
    }

    /// The task called `name`.
    /// - Throws: `TaskError.unknownTask`.
    package static func named(_ name: String) throws(TaskError) -> TaskDefinition {
        guard let task = all.first(where: { $0.name == name }) else {
            throw .unknownTask(name, known: all.map(\.name))
        }
        return task
    }
}

extension TaskDefinition {
    /// Every task, lethe's own first.
    package static let all: [TaskDefinition] = [
        .init("facts", .multipleChoice(.arc), ["world/facts.jsonl"]),
        .init("completion", .multipleChoice(.hellaswag), ["world/completion.jsonl"]),
        .init("reference", .multipleChoice(.winogrande), ["world/reference.jsonl"]),
        .init("code", .generation(.code), ["code/eval.jsonl"]),
        .init("math", .generation(.math), ["math/eval.jsonl"]),
        .init("uuid", .generation(.uuid), ["uuid/pairs.jsonl"]),
        .init(
            "hellaswag", .multipleChoice(.hellaswag),
            ["hellaswag/hellaswag_val.jsonl", "hellaswag_val.jsonl"]),
        .init(
            "arc_challenge", .multipleChoice(.arc),
            ["arc_challenge/ARC-Challenge-Test.jsonl", "ARC-Challenge/ARC-Challenge-Test.jsonl"]),
        .init(
            "arc_easy", .multipleChoice(.arc),
            ["arc_easy/ARC-Easy-Test.jsonl", "ARC-Easy/ARC-Easy-Test.jsonl"]),
        .init(
            "winogrande", .multipleChoice(.winogrande),
            ["winogrande/dev.jsonl", "winogrande_1.1/dev.jsonl"]),
        .init("piqa", .multipleChoice(.piqa), ["piqa/valid.jsonl"]),
        .init("gsm8k", .generation(.gsm8k), ["gsm8k/test.jsonl"]),
        .init("mbpp", .generation(.mbpp), ["mbpp/mbpp.jsonl", "mbpp.jsonl"]),
        .init(
            "humaneval", .generation(.humaneval),
            ["humaneval/HumanEval.jsonl", "humaneval/HumanEval.jsonl.gz", "HumanEval.jsonl.gz"]),
    ]

    /// A task whose file may also be `<name>/validation.jsonl`, which is tried first.
    private init(_ name: String, _ kind: Kind, _ published: [String]) {
        self.init(name: name, kind: kind, fileNames: ["\(name)/validation.jsonl"] + published)
    }
}
