import Bases
import Catalog
import Evaluation
import Foundation
import Studies
import TestSupport
import Testing

@Suite struct TaskLocatorTests {
    @Test("every file of a data set is read by a task under that name, or by a study that ships")
    func files() throws {
        let locator = DataLocator.standard(environment: [:])
        let tasks = try TaskLocator(locator).catalog.all()
        let named = Set(tasks.flatMap { task in Self.files(of: task) })
        let folder = try #require(locator.datasets).appending(path: "studies")
        let studies = try StudyFile.list(locator: locator).map { study in
            try String(
                contentsOf: folder.appending(path: "\(study.name).yaml"), encoding: .utf8)
        }
        for file in DataCatalog.sets.flatMap(\.files) where !named.contains(file.path) {
            #expect(studies.contains { $0.contains(file.path) }, "\(file.path)")
        }
    }

    /// All names under which a task looks for its data.
    private static func files(of task: TaskDefinition) -> [String] {
        var data = [task.data]
        if case .file(let examples) = task.examples.source { data.append(examples) }
        let names = data.flatMap { $0.files + ($0.lines?.files ?? []) }
        guard !task.parts.isEmpty else { return names }
        return names.flatMap { name in task.parts.map { name.replacing("{part}", with: $0) } }
    }

    @Test("a task of one's own is a file, whose data lie beside it")
    func ownTask() throws {
        try withTemporaryFolder { folder in
            let task = "data: rows.jsonl\nprompt: \"{ask}\"\nanswer: \"{right}\"\n"
            try Data(task.utf8).write(to: folder.appending(path: "own.yaml"))
            try Data(#"{"ask": "a", "right": "b"}"#.utf8).write(
                to: folder.appending(path: "rows.jsonl"))
            let tasks = TaskLocator(DataLocator(workingDirectory: folder, datasets: nil))
            let definition = try tasks.task("own.yaml")
            #expect(definition.name == "own")
            #expect(try TaskReader(definition, folders: tasks.folders(nil)).read().count == 1)
            #expect(throws: TaskError.self) { try tasks.task("other.yaml") }
            #expect(throws: TaskError.self) { try tasks.task("other") }
        }
    }
}
