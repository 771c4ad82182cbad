import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct RunFolderTests {
    @Test("runs of the same second get different folders")
    func runsOfTheSameSecondGetDifferentFolders() throws {
        try withTemporaryFolder { parent in
            let time = Date(timeIntervalSince1970: 1_700_000_000)
            let runs = parent.appending(path: "runs")
            let names = try (0..<3).map { _ in
                try RunFolder.create(study: "code", in: runs, at: time).name
            }
            #expect(
                names == [
                    "code-20231114T221320Z", "code-20231114T221320Z-2", "code-20231114T221320Z-3",
                ])
        }
    }

    @Test("a folder with other files is refused")
    func aFolderWithOtherFilesIsRefused() throws {
        try withTemporaryFolder { parent in
            try Data().write(to: parent.appending(path: "thesis.tex"))
            #expect(throws: RunStoreError.folderNotEmpty(path: parent.path)) {
                try RunFolder.create(at: parent)
            }
        }
    }

    @Test("an existing run is never begun again")
    func anExistingRunIsNeverBegunAgain() throws {
        try withTemporaryFolder { parent in
            let folder = try RunFolder.create(at: parent)
            _ = try RunWriter(lock: RunLock(folder))
            #expect(throws: RunStoreError.runExists(path: parent.path)) {
                try RunFolder.create(at: parent)
            }
            #expect(try RunFolder.open(parent) == folder)
        }
    }

    @Test("a folder whose run was killed before it began can be used")
    func aFolderWhoseRunWasKilledBeforeItBeganCanBeUsed() throws {
        try withTemporaryFolder { parent in
            _ = try RunLock(RunFolder.create(at: parent))
            #expect(try RunFolder.create(at: parent).name == parent.lastPathComponent)
        }
    }

    @Test("opening what is not a run says so")
    func openingWhatIsNotARunSaysSo() throws {
        try withTemporaryFolder { parent in
            #expect(throws: RunStoreError.notARun(path: parent.path)) {
                try RunFolder.open(parent)
            }
        }
    }

    @Test("names that leave the folder are refused", arguments: ["", "..", "a/b", ".x", "ü"])
    func namesThatLeaveTheFolderAreRefused(name: String) throws {
        try withTemporaryFolder { parent in
            #expect(throws: RunStoreError.invalidName(name: name)) {
                try RunFolder.create(study: name, in: parent)
            }
        }
    }

    @Test(
        "a folder is removed only if nothing of a run is in it",
        arguments: [
            ([], true), (["lock", "log.txt"], true), (["lock", "study.yaml"], false),
            (["lock", "events.jsonl"], false), (["notes.txt"], false),
        ])
    func unusedFolders(names: [String], isRemoved: Bool) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            for name in names { try Data().write(to: folder.url.appending(path: name)) }
            folder.removeIfUnused()
            #expect(FileManager.default.fileExists(atPath: folder.url.path) != isRemoved)
            if !isRemoved {
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                #expect(left.sorted() == names.sorted())
            }
        }
    }

    @Test("a second writer is refused until the first is gone")
    func aSecondWriterIsRefusedUntilTheFirstIsGone() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            var first: RunLock? = try RunLock(folder)
            #expect(throws: RunStoreError.locked(path: folder.url.path, process: getpid())) {
                try RunLock(folder)
            }
            #expect(first?.folder == folder)
            first = nil
            _ = try RunLock(folder)
        }
    }
}
