import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct BaseScoreFileTests {
    private let inputs = [
        RunAttempt.Input(
            role: "base", name: "model", path: "/a", digest: FileDigest(of: Data("weights".utf8))),
        RunAttempt.Input(
            role: "train", name: "", path: "/b", digest: FileDigest(of: Data("train".utf8))),
    ]

    private func file(
        _ inputs: [RunAttempt.Input], _ settings: [String: String] = ["a": "1"]
    ) -> BaseScoreFile {
        BaseScoreFile(inputs: inputs, settings: settings, in: URL(filePath: "/cache"))
    }

    @Test("its name depends on base, data and settings, not on paths or what is trained on")
    func names() {
        let name = file(inputs).url
        var moved = inputs
        moved[0].path = "/elsewhere"
        moved[1].digest = FileDigest(of: Data("other".utf8))
        #expect(file(moved).url == name)
        #expect(file(moved.reversed()).url == name)
        var other = inputs
        other[0].digest = FileDigest(of: Data("Weights".utf8))
        #expect(file(other).url != name)
        other = inputs
        other[0].role = "text"
        #expect(file(other).url != name)
        #expect(file(inputs, ["a": "2"]).url != name && file(inputs, [:]).url != name)
    }

    @Test("what is written is read; what is damaged in any byte, or cut anywhere, is not believed")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let file = BaseScoreFile(
                inputs: inputs, settings: [:], in: folder.appending(path: "new/cache"))
            #expect(file.read() == nil)
            let body = Data("{\"scores\": [1, 2]}".utf8)
            try file.write(body)
            #expect(file.read() == body)
            let stored = try Data(contentsOf: file.url)
            for index in stored.indices {
                var bytes = stored
                bytes[index] ^= 1
                try bytes.write(to: file.url)
                #expect(file.read() == nil, "byte \(index)")
                try stored.prefix(index).write(to: file.url)
                #expect(file.read() == nil, "cut at \(index)")
            }
            try FileManager.default.removeItem(at: file.url)
            try FileManager.default.createDirectory(
                at: file.url, withIntermediateDirectories: true)
            #expect(file.read() == nil)
            #expect(throws: (any Error).self) { try file.write(body) }
        }
    }

    @Test(
        "the folder is that of the XDG specification",
        arguments: [
            (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/lethe/base-scores"),
            (["XDG_CACHE_HOME": "x", "HOME": "/h"], "/h/.cache/lethe/base-scores"),
            (["HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
    func folder(environment: [String: String], path: String?) {
        #expect(BaseScoreFile.folder(environment)?.path == path)
    }
}

/// What the cache holds on to.
@Suite struct BaseScoreCacheTests {
    /// Writes a file of so many bytes that was used so many hours ago.
    private func put(_ name: String, _ bytes: Int, hours: Double, in folder: URL) throws {
        let url = folder.appending(path: name)
        try Data(count: bytes).write(to: url)
        let use = Date(timeIntervalSinceNow: -3600 * hours)
        try FileManager.default.setAttributes([.modificationDate: use], ofItemAtPath: url.path)
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("those that were used last stay, as many and as large as it may hold")
    func prunes() throws {
        try withFastFolder { folder in
            for (index, name) in ["c", "a", "d", "b"].enumerated() {
                try put("\(name).scores", 100, hours: Double(index), in: folder)
            }
            BaseScoreCache(folder, mostFiles: 4, mostBytes: 400).prune()
            #expect(try names(folder).count == 4)
            BaseScoreCache(folder, mostFiles: 3, mostBytes: 400).prune()
            #expect(try names(folder) == ["a.scores", "c.scores", "d.scores"])
            BaseScoreCache(folder, mostFiles: 3, mostBytes: 250).prune()
            #expect(try names(folder) == ["a.scores", "c.scores"])
            BaseScoreCache(folder, mostFiles: 3, mostBytes: 10).prune()
            #expect(try names(folder) == ["c.scores"], "the newest stays whatever its size")
        }
    }

    @Test("nothing but scores and forgotten drafts is removed, and no link is followed")
    func others() throws {
        try withFastFolder { folder in
            try put("new.scores", 1, hours: 0, in: folder)
            try put("old.scores", 1, hours: 1, in: folder)
            try put("notes.txt", 1, hours: 100, in: folder)
            try put(".lethe-1", 1, hours: 100, in: folder)
            try put(".lethe-2", 1, hours: 1, in: folder)
            for name in ["folder.scores", "link.scores"] {
                let url = folder.appending(path: name)
                if name == "link.scores" {
                    try FileManager.default.createSymbolicLink(
                        atPath: url.path, withDestinationPath: "notes.txt")
                } else {
                    try FileManager.default.createDirectory(
                        at: url, withIntermediateDirectories: false)
                }
            }
            BaseScoreCache(folder, mostFiles: 1, mostBytes: 100).prune()
            #expect(
                try names(folder) == [
                    ".lethe-2", "folder.scores", "link.scores", "new.scores", "notes.txt",
                ])
            BaseScoreCache(folder.appending(path: "nowhere")).prune()
        }
    }

    @Test("a write removes what is too much, and reading keeps a file")
    func use() throws {
        try withFastFolder { folder in
            let files = (0...BaseScoreCache.mostFiles).map { index in
                BaseScoreFile(inputs: [], settings: ["index": "\(index)"], in: folder)
            }
            for (index, file) in files.dropLast().enumerated() {
                try file.write(Data("\(index)".utf8))
                let use = Date(timeIntervalSinceNow: Double(index) - 1_000)
                try FileManager.default.setAttributes(
                    [.modificationDate: use], ofItemAtPath: file.url.path)
            }
            #expect(files[0].read() != nil)
            try files[BaseScoreCache.mostFiles].write(Data("last".utf8))
            #expect(files[0].read() != nil && files[1].read() == nil && files[2].read() != nil)
            #expect(try names(folder).count == BaseScoreCache.mostFiles)
        }
    }

    @Test("several may write, read and prune at once")
    func concurrent() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lethe-cache-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for index in 0..<60 {
                        let key = (writer * 7 + index) % 20
                        let file = BaseScoreFile(
                            inputs: [], settings: ["key": "\(key)"], in: folder)
                        let body = Data(repeating: UInt8(key), count: 10_000)
                        #expect(throws: Never.self) { try file.write(body) }
                        if let read = file.read() { #expect(read == body) }
                        BaseScoreCache(folder, mostFiles: 5).prune()
                    }
                }
            }
        }
        #expect(try names(folder).count <= 5)
    }
}
