import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

/// Run folders that a stranger made: nothing outside them is read, written or removed.
@Suite struct ForeignFolderTests {
    @Test(
        "a link in the place of a file is refused, and what it leads to stays",
        arguments: ["lock", "events.jsonl", "log.txt"])
    func links(name: String) throws {
        try withRun { folder, victim in
            try Self.put(at: folder, name) { try link(victim, at: $0) }
            expectOutOfPlace("is a link") {
                _ = try RunWriter(lock: RunLock(folder))
            }
            #expect(try String(contentsOf: victim, encoding: .utf8) == "precious")
        }
    }

    @Test(
        "a link in the place of a file that is replaced as a whole gives way",
        arguments: ["metrics.csv", "metrics.csv.tmp", "study.yaml", "study.yaml.tmp"])
    func replacedLinks(name: String) throws {
        try withRun { folder, victim in
            try Self.put(at: folder, name) { try link(victim, at: $0) }
            try folder.write(study: "name: small\n")
            _ = try RunWriter(lock: RunLock(folder))
            #expect(try String(contentsOf: victim, encoding: .utf8) == "precious")
            #expect(try String(contentsOf: folder.studyFile, encoding: .utf8) == "name: small\n")
            #expect(try RecordedRun.read(folder).events().count == 2)
        }
    }

    @Test("a file with a second name is not written in place", arguments: ["lock", "log.txt"])
    func hardLinks(name: String) throws {
        try withRun { folder, victim in
            try Self.put(at: folder, name) { url in
                try FileManager.default.linkItem(at: victim, to: url)
            }
            #expect(throws: RunStoreError.self) { try RunWriter(lock: RunLock(folder)) }
            #expect(try String(contentsOf: victim, encoding: .utf8) == "precious")
        }
    }

    @Test(
        "a pipe or a folder in the place of a file is refused at once",
        arguments: ["lock", "events.jsonl", "log.txt", "commands.json"], [true, false])
    func pipes(name: String, isPipe: Bool) throws {
        try withRun { folder, _ in
            try Self.put(at: folder, name) { url in
                if isPipe {
                    #expect(mkfifo(url.path, 0o600) == 0)
                } else {
                    try FileManager.default.createDirectory(
                        at: url, withIntermediateDirectories: false)
                }
            }
            expectOutOfPlace(isPipe ? "is a pipe" : "is a folder") {
                let lock = try RunLock(folder)
                _ = try folder.resumePoint()
                _ = try RunWriter(lock: lock)
            }
            #expect(!RunLock.isHeld(folder))
        }
    }

    @Test(
        "checkpoints that are elsewhere are neither read, written nor removed",
        arguments: ["checkpoints", "checkpoints/full", "checkpoints/full/step-4"])
    func checkpoints(name: String) throws {
        try withRun { folder, victim in
            let outside = victim.deletingLastPathComponent().appending(path: "outside")
            for step in ["full/step-4", "step-4"] {
                try FileManager.default.createDirectory(
                    at: outside.appending(path: step), withIntermediateDirectories: true)
            }
            try Self.put(at: folder, name) { try link(outside, at: $0) }
            let checkpoints = try CheckpointFolder(run: folder, arm: "full")
            #expect(throws: RunStoreError.self) { try checkpoints.stored(step: 4) }
            try? checkpoints.recover()
            try? checkpoints.remove(after: 0)
            try? checkpoints.remove(step: 4)
            let isInside = name.hasSuffix("step-4")
            let saved = try? checkpoints.write(step: 4) {
                try Data("mine".utf8).write(to: $0.appending(path: "state"))
            }
            #expect((saved != nil) == isInside, "only the link itself is replaced")
            let left = try FileManager.default.subpathsOfDirectory(atPath: outside.path)
            #expect(left.sorted() == ["full", "full/step-4", "step-4"])
        }
    }

    @Test("only what lethe names is removed, and only of the run's arms")
    func strangers() throws {
        try withRun { folder, victim in
            let names = [
                "full/step-04", "full/step-+4", "full/step-8.partial.txt", "full/notes",
                "other/step-8", "full/step--1",
            ]
            for name in names {
                let url = folder.checkpointsFolder.appending(path: name)
                try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            }
            let outside = victim.deletingLastPathComponent()
            try link(outside, at: folder.checkpointsFolder.appending(path: "strange"))
            try folder.cut(to: .beginning, arms: ["full", "lora-r8"], lock: RunLock(folder))
            for name in names {
                let path = folder.checkpointsFolder.appending(path: name).path
                #expect(FileManager.default.fileExists(atPath: path), "\(name)")
            }
            #expect(FileManager.default.fileExists(atPath: victim.path))
        }
    }

    @Test("a cut that cannot be made leaves everything as it was")
    func checkedBeforeCut() throws {
        try withRun { folder, victim in
            let log = try Data(contentsOf: folder.eventsFile)
            try link(victim.deletingLastPathComponent(), at: folder.checkpointsFolder)
            #expect(throws: RunStoreError.self) {
                try folder.cut(to: .beginning, arms: ["full"], lock: RunLock(folder))
            }
            #expect(try Data(contentsOf: folder.eventsFile) == log)
        }
    }

    @Test("whether somebody writes a run can be asked without writing")
    func held() throws {
        try withRun { folder, _ in
            #expect(!RunLock.isHeld(folder))
            var lock: RunLock? = try RunLock(folder)
            #expect(RunLock.isHeld(folder) && lock?.folder == folder)
            lock = nil
            #expect(!RunLock.isHeld(folder))
            try FileManager.default.removeItem(at: folder.url.appending(path: "lock"))
            #expect(!RunLock.isHeld(folder))
            #expect(
                !FileManager.default.fileExists(atPath: folder.url.appending(path: "lock").path))
        }
    }

    // MARK: - Folders

    /// Passes on a run of two events and a file outside it.
    private func withRun(_ body: (RunFolder, URL) throws -> Void) throws {
        try withTemporaryFolder { parent in
            let victim = parent.appending(path: "victim")
            try Data("precious".utf8).write(to: victim)
            let folder = try SampleRun.folder(in: parent.appending(path: "inside"))
            do {
                let writer = try RunWriter(lock: RunLock(folder))
                for event in SampleRun.everyEvent.prefix(2) { try writer.receive(event) }
            }
            try body(folder, victim)
        }
    }

    private static func put(at folder: RunFolder, _ name: String, _ make: (URL) throws -> Void)
        throws
    {
        let url = folder.url.appending(path: name)
        try? FileManager.default.removeItem(at: url)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try make(url)
    }

    private func link(_ target: URL, at url: URL) throws {
        try FileManager.default.createSymbolicLink(at: url, withDestinationURL: target)
    }

    private func expectOutOfPlace(
        _ found: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(
            throws: RunStoreError.self, sourceLocation: sourceLocation, performing: body)
        #expect(error?.description.contains(found) == true, sourceLocation: sourceLocation)
    }
}
