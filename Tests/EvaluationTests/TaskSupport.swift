import Datasets
import Foundation
import TestSupport

@testable import Evaluation

/// The tasks of the checkout.
enum Tasks {
    static func named(_ name: String) throws -> TaskDefinition {
        try TaskCatalog(packageFolder.appending(path: "datasets/tasks")).task(named: name)
    }

    /// Where the top of the checkout is.
    private static let packageFolder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let harnessFolder = packageFolder.appending(path: "Tests/Fixtures/harness")

    /// The items of a task whose files lie in a folder.
    static func items(
        _ name: String, in folder: URL, shots: Int? = nil, first limit: Int? = nil
    ) throws -> TaskItems {
        try TaskReader(try named(name), folders: [folder], shots: shots).read(first: limit)
    }

    /// The items of a task that has these files.
    static func items(
        _ name: String, files: [String: String], shots: Int? = nil
    ) throws -> TaskItems {
        try withTemporaryFolder { folder in
            try write(files, to: folder)
            return try items(name, in: folder, shots: shots)
        }
    }

    static func write(_ files: [String: String], to folder: URL) throws {
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    /// The items of a task of options that has these rows.
    static func choices(_ name: String, _ rows: String) throws -> [MultipleChoiceItem] {
        try items(name, files: ["\(name)/validation.jsonl": rows]).choices
    }

    /// The items of a published file of which a part lies in the shared folder.
    static func sharedItems(_ name: String) throws -> TaskItems {
        try items(name, in: Golden.dataFile(""), shots: 0)
    }
}
