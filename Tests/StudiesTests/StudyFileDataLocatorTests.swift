import Bases
import Evaluation
import Foundation
import Studies
import TestSupport
import Testing

@Suite struct StudyFileDataLocatorTests {
    @Test("the working directory comes before the embedded data")
    func theWorkingDirectoryComesFirst() throws {
        try StudyFileSamples.withData { locator in
            #expect(locator.find("code/train.jsonl")?.isEmbedded == true)
            let mine = locator.workingDirectory.appending(path: "code/train.jsonl")
            try StudyFileSamples.write("x", to: mine)
            #expect(
                locator.find("code/train.jsonl")
                    == .init(url: mine.standardizedFileURL, isEmbedded: false))
            #expect(locator.find(mine.path)?.isEmbedded == false)
            #expect(locator.find("nothing") == nil)
        }
    }

    @Test("a task's file is that of the folder that was named, else the embedded one")
    func theFileOfATask() throws {
        try StudyFileSamples.withData { locator in
            let tasks = TaskLocator(locator)
            let data = try tasks.task("code").data
            let datasets = try #require(locator.datasets)
            let file = "code/eval.jsonl"
            try StudyFileSamples.write("x", to: datasets.appending(path: file))
            #expect(
                try data.file(in: tasks.folders(nil), of: "code")
                    == datasets.appending(path: file))
            let folder = locator.workingDirectory.appending(path: "mine")
            #expect(
                throws: TaskError.noFile(
                    task: "code", folders: [folder.path], names: data.files)
            ) { try data.file(in: tasks.folders(folder.path), of: "code") }
        }
    }

    @Test("the embedded data are found above the executable, else above the sources")
    func theEmbeddedDataAreFound() throws {
        try StudyFileSamples.withData { locator in
            let datasets = try #require(locator.datasets)
            let package = datasets.deletingLastPathComponent()
            let elsewhere = URL(filePath: "/nowhere/bin/lethe")
            let built = DataLocator.standard(
                environment: [:], executable: package.appending(path: ".build/debug/lethe"),
                sourceFile: "/nowhere/A.swift")
            #expect(built.datasets?.path == datasets.standardizedFileURL.path)
            let sources = DataLocator.standard(
                environment: [:], executable: elsewhere,
                sourceFile: package.appending(path: "Sources/A.swift").path)
            #expect(sources.datasets?.path == datasets.standardizedFileURL.path)
            let none = DataLocator.standard(
                environment: [:], executable: elsewhere, sourceFile: "/nowhere/A.swift")
            #expect(none.datasets == nil)
        }
    }

    @Test("fetched data come last")
    func fetchedData() throws {
        try StudyFileSamples.withData { embedded in
            let fetched = embedded.workingDirectory.appending(path: "fetched")
            let locator = DataLocator(
                workingDirectory: embedded.workingDirectory, datasets: embedded.datasets,
                fetched: fetched)
            let file = fetched.appending(path: "gsm8k/test.jsonl")
            try StudyFileSamples.write("x", to: file)
            try StudyFileSamples.write("x", to: fetched.appending(path: "code/train.jsonl"))
            #expect(
                locator.find("gsm8k/test.jsonl")
                    == .init(url: file.standardizedFileURL, isEmbedded: false))
            #expect(locator.find("code/train.jsonl")?.isEmbedded == true)
            #expect(locator.taskFolders == [locator.datasets, fetched])
            #expect(embedded.taskFolders == [embedded.datasets])
        }
    }

    @Test("LETHE_DATA is the folder of the fetched data")
    func theFolderOfFetchedData() {
        let locator = DataLocator.standard(environment: ["LETHE_DATA": "/data"])
        #expect(locator.fetched?.path == "/data")
    }

    @Test("LETHE_DATASETS overrules the search")
    func theVariableOverrules() {
        let locator = DataLocator.standard(environment: ["LETHE_DATASETS": "/data"])
        #expect(locator.datasets?.path == "/data")
    }
}
