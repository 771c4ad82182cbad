import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct RunAttemptTests {
    @Test("digests are those of the standard's examples (FIPS 180-4)")
    func examples() throws {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(FileDigest(of: Data("abc".utf8)).sha256 == abc)
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "a")
            try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: file)
            let digest = try #require(try FileDigest(of: file))
            #expect(digest.sha256 == million && digest.bytes == 1_000_000)
            try (0..<9).reduce(Data()) { data, _ in data + Data(count: 1 << 20) }.write(to: file)
            #expect(try FileDigest(of: file) == FileDigest(of: Data(count: 9 << 20)))
        }
    }

    @Test("what is no file has no digest and is not read")
    func pipes() throws {
        try withTemporaryFolder { folder in
            let pipe = folder.appending(path: "pipe")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            let digests = try [FileDigest(of: pipe), FileDigest(of: folder)]
            #expect(digests == [nil, nil])
            #expect(throws: RunStoreError.self) {
                try FileDigest(of: folder.appending(path: "none"))
            }
        }
    }

    @Test("attempts come back as they were, and those of earlier versions as what they tell")
    func stored() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            #expect(try folder.attempts().isEmpty)
            let attempts = [Self.attempt, Self.attempt]
            try folder.write(attempts)
            #expect(try folder.attempts() == attempts)
            try Data(#"{"environment": {"blas": "x"}, "schemaVersion": 1}"#.utf8)
                .write(to: folder.environmentFile)
            let first = RunAttempt(environment: ["blas": "x"], study: nil, inputs: nil)
            #expect(try folder.attempts() == [first])
            #expect(first.changes(to: Self.inputs).isEmpty)
        }
    }

    @Test(
        "attempts that cannot be read are an error",
        arguments: ["", "[]", "{\"schemaVersion\": 2}", "{\"schemaVersion\": 3}"])
    func damaged(text: String) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Data(text.utf8).write(to: folder.environmentFile)
            #expect(throws: RunStoreError.self) { try folder.attempts() }
        }
    }

    @Test("files are told apart by what they are to the run, not by where they lie")
    func changes() {
        var moved = Self.inputs
        moved[0].path = "/elsewhere/data.jsonl"
        #expect(Self.attempt.changes(to: moved).isEmpty)
        moved[0].digest.bytes += 1
        moved[1].name = "added.json"
        let changes = Self.attempt.changes(to: moved)
        #expect(
            changes == [
                "train (/elsewhere/data.jsonl) was 3 bytes, SHA-256 ba7816bf8f01, "
                    + "is 4 bytes, SHA-256 ba7816bf8f01",
                "base config.json (/b/config.json) was 3 bytes, SHA-256 ba7816bf8f01 and is gone",
                "base added.json (/b/config.json) is new",
            ])
    }

    private static let inputs = [
        RunAttempt.Input(
            role: "train", name: "", path: "/a/train.jsonl",
            digest: FileDigest(of: Data("abc".utf8))),
        RunAttempt.Input(
            role: "base", name: "config.json", path: "/b/config.json",
            digest: FileDigest(of: Data("abc".utf8))),
    ]

    private static let attempt = RunAttempt(
        environment: ["lethe": "1"], study: "name: s\n", inputs: inputs)
}
