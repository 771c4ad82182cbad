import Bases
import Foundation
import Settings
import Studies
import TestSupport

/// A small tree of data files and a study that uses them.
enum StudyFileSamples {
    static let text = """
        name: code
        base: tiny
        target: { domain: code, train: code/train.jsonl }
        source:
          tasks: [facts, completion]
          text: world/heldout.txt
        train:
          steps: 300
          warmup_steps: 10
        evaluate: { every: 20, limit: 200 }
        arms:
          - { name: full, method: full, learning_rate: 1e-3 }
          - name: lora-r8
            method: lora
            rank: 8
            learning_rate: 1e-2

        """

    /// Runs `body` with a locator whose embedded data and working directory are temporary.
    static func withData(_ body: (DataLocator) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let datasets = folder.appending(path: "package/datasets")
            try write("", to: datasets.appending(path: "code/train.jsonl"))
            try write("", to: datasets.appending(path: "world/heldout.txt"))
            try write(text, to: datasets.appending(path: "studies/code.yaml"))
            let work = folder.appending(path: "work")
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
            try body(DataLocator(workingDirectory: work, datasets: datasets))
        }
    }

    static func write(_ text: String, to url: URL) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    static func parse(
        _ text: String = text, _ overrides: StudyOverrides = StudyOverrides()
    ) throws -> Study {
        var study: Study?
        try withData { locator in
            study = try StudyFile.parse(
                text, file: "code.yaml", overrides: overrides, locator: locator)
        }
        guard let study else {
            throw StudyError.unreadable(file: "code.yaml", reason: "it is gone")
        }
        return study
    }

    /// The lines of the error that reading gives; none if it succeeds.
    static func problems(
        _ text: String = text, _ overrides: StudyOverrides = StudyOverrides()
    ) throws -> [String] {
        do {
            _ = try parse(text, overrides)
            return []
        } catch let error as StudyError {
            return error.description.components(separatedBy: "\n")
        }
    }

    /// The sample with one line replaced by another; lines count from 1.
    static func text(line: Int, _ replacement: String) -> String {
        var lines = text.components(separatedBy: "\n")
        lines[line - 1] = replacement
        return lines.joined(separator: "\n")
    }
}

extension Study {
    /// The line that a problem at a key path would name; nil if the key is not in the file.
    func line(of path: String) -> Int? {
        if case .line(let line) = problem(at: path, "").origin { line } else { nil }
    }
}
