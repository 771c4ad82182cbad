import Foundation
import TestSupport
import Testing
import Training

@Suite struct ReplacedFolderTests {
    private struct Failure: Error {}

    @Test("a folder is made, replaced and removed, and nothing is left beside it")
    func life() throws {
        try withFolder { folder, names in
            #expect(try !folder.recover())
            try write("1", to: folder)
            #expect(try names() == ["checkpoint"])
            try write("2", to: folder)
            #expect(try content(folder.url) == "2")
            #expect(try names() == ["checkpoint"])
            #expect(try folder.recover())
            try folder.remove()
            #expect(try names().isEmpty)
            try folder.remove()
        }
    }

    @Test("what cannot be written leaves the old folder")
    func failure() throws {
        try withFolder { folder, names in
            try write("1", to: folder)
            #expect(throws: Failure.self) {
                try folder.replace { url in
                    try Data("half".utf8).write(to: url.appending(path: "state"))
                    throw Failure()
                }
            }
            #expect(try folder.recover())
            #expect(try content(folder.url) == "1")
            #expect(try names() == ["checkpoint"])
        }
    }

    @Test("a kill between the moves loses neither the old folder nor the new one")
    func killed() throws {
        try withFolder { folder, names in
            let files = FileManager.default
            let old = folder.url.appendingPathExtension("replaced")
            try write("1", to: folder)
            try files.moveItem(at: folder.url, to: old)
            #expect(try folder.recover())
            #expect(try content(folder.url) == "1")
            try files.copyItem(at: folder.url, to: old)
            try Data("2".utf8).write(to: folder.url.appending(path: "state"))
            #expect(try folder.recover())
            #expect(try content(folder.url) == "2")
            #expect(try names() == ["checkpoint"])
        }
    }

    private func write(_ text: String, to folder: ReplacedFolder) throws {
        try folder.replace { url in
            try Data(text.utf8).write(to: url.appending(path: "state"))
            #expect(url != folder.url)
        }
    }

    private func content(_ url: URL) throws -> String {
        try String(contentsOf: url.appending(path: "state"), encoding: .utf8)
    }

    private func withFolder(_ body: (ReplacedFolder, () throws -> [String]) throws -> Void) throws {
        try withTemporaryFolder { parent in
            try body(ReplacedFolder(parent.appending(path: "checkpoint"))) {
                try FileManager.default.contentsOfDirectory(atPath: parent.path).sorted()
            }
        }
    }
}
