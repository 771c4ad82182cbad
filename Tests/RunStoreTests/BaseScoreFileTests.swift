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
