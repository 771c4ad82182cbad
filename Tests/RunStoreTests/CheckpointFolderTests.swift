import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct CheckpointFolderTests {
    private struct Interruption: Error {}

    @Test("a checkpoint appears only when it is whole")
    func aCheckpointAppearsWhenWhole() throws {
        try withTemporaryFolder { parent in
            let checkpoints = try Self.checkpoints(parent)
            let saved = try checkpoints.write(step: 20) { url in
                try Self.fill(url, "12345")
                #expect(try checkpoints.steps().isEmpty)
            }
            #expect(saved == .init(path: "checkpoints/full/step-20", bytes: 5))
            #expect(try checkpoints.steps() == [20])
            #expect(try Self.content(checkpoints, 20) == "12345")
        }
    }

    @Test("a failed checkpoint leaves nothing and keeps the old one")
    func aFailedCheckpointLeavesNothing() throws {
        try withTemporaryFolder { parent in
            let checkpoints = try Self.checkpoints(parent)
            _ = try checkpoints.write(step: 20) { try Self.fill($0, "old") }
            #expect(throws: Interruption.self) {
                try checkpoints.write(step: 20) { url in
                    try Self.fill(url, "new")
                    throw Interruption()
                }
            }
            #expect(try Self.names(checkpoints) == ["step-20"])
            #expect(try Self.content(checkpoints, 20) == "old")
        }
    }

    @Test("writing a step again replaces it")
    func writingAgainReplaces() throws {
        try withTemporaryFolder { parent in
            let checkpoints = try Self.checkpoints(parent)
            for text in ["old", "new"] {
                _ = try checkpoints.write(step: 20) { try Self.fill($0, text) }
            }
            #expect(try Self.names(checkpoints) == ["step-20"])
            #expect(try Self.content(checkpoints, 20) == "new")
        }
    }

    @Test("checkpoints are listed by number, and removed one by one or from a step on")
    func removing() throws {
        try withTemporaryFolder { parent in
            let checkpoints = try Self.checkpoints(parent)
            for step in [5, 100, 20] {
                _ = try checkpoints.write(step: step) { try Self.fill($0, "x") }
            }
            #expect(try checkpoints.steps() == [5, 20, 100])
            try checkpoints.remove(step: 5)
            try checkpoints.remove(step: 6)
            #expect(try checkpoints.steps() == [20, 100])
            try checkpoints.remove(after: 20)
            #expect(try checkpoints.steps() == [20])
        }
    }

    @Test("leftovers of a kill are cleared and a replaced checkpoint comes back")
    func leftoversAreCleared() throws {
        try withTemporaryFolder { parent in
            let checkpoints = try Self.checkpoints(parent)
            for name in ["step-20.replaced", "step-40.partial", "step-60", "step-60.replaced"] {
                let url = checkpoints.url.appending(path: name)
                try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            }
            #expect(try checkpoints.steps() == [60])
            try checkpoints.recover()
            #expect(try Self.names(checkpoints) == ["step-20", "step-60"])
        }
    }

    private static func checkpoints(_ parent: URL) throws -> CheckpointFolder {
        try CheckpointFolder(run: SampleRun.folder(in: parent), arm: "full")
    }

    private static func fill(_ url: URL, _ text: String) throws {
        try Data(text.utf8).write(to: url.appending(path: "state"))
    }

    private static func content(_ checkpoints: CheckpointFolder, _ step: Int) throws -> String {
        let url = checkpoints.folder(step: step).appending(path: "state")
        return try String(contentsOf: url, encoding: .utf8)
    }

    private static func names(_ checkpoints: CheckpointFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: checkpoints.url.path).sorted()
    }
}
