import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct TaskDefinitionTests {
    @Test("every task is found by its name, and names are unique")
    func names() throws {
        for task in TaskDefinition.all {
            #expect(try TaskDefinition.named(task.name) == task)
        }
        #expect(Set(TaskDefinition.all.map(\.name)).count == TaskDefinition.all.count)
    }

    @Test("an unknown task is an error that lists the known ones")
    func unknown() {
        let error = #expect(throws: TaskError.self) { try TaskDefinition.named("hellaswga") }
        #expect(error?.description.contains("facts, completion") == true)
    }

    @Test("the first file name that exists wins")
    func files() throws {
        try withTemporaryFolder { folder in
            let task = try TaskDefinition.named("gsm8k")
            #expect(
                throws: TaskError.noFile(
                    task: "gsm8k", folder: folder.path, names: task.fileNames)
            ) { try task.file(in: folder) }
            let subfolder = folder.appending(path: "gsm8k")
            try FileManager.default.createDirectory(
                at: subfolder, withIntermediateDirectories: true)
            for name in ["test.jsonl", "validation.jsonl"] {
                try Data().write(to: subfolder.appending(path: name))
                #expect(try task.file(in: folder).lastPathComponent == name)
            }
        }
    }

    @Test("published tasks are found in a data folder", .enabled(if: sharedFolder != nil))
    func published() throws {
        let folder = try #require(sharedFolder).appending(path: "data")
        for name in ["hellaswag", "arc_easy", "winogrande", "piqa", "gsm8k", "mbpp", "humaneval"] {
            #expect(throws: Never.self) { try TaskDefinition.named(name).file(in: folder) }
        }
    }
}
