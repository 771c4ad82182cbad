import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct RunWriterTests {
    @Test("every event comes back as it was")
    func everyEventComesBack() throws {
        try withFastFolder { parent in
            let folder = try Self.write(SampleRun.everyEvent, in: parent)
            let events = try RecordedRun.read(folder).events()
            #expect(events.map(Self.text) == SampleRun.everyEvent.map(Self.text))
        }
    }

    @Test("progress is not stored")
    func progressIsNotStored() throws {
        try withFastFolder { parent in
            let progress = Progress(arm: nil, phase: .training, step: 1, tokensPerSecond: 2)
            let folder = try Self.write(
                [StampedEvent(seconds: 0, event: .progress(progress))], in: parent)
            #expect(try RecordedRun.read(folder).events().isEmpty)
        }
    }

    @Test("a last line torn at any byte is cut and writing goes on behind it")
    func aTornLastLineIsCut() throws {
        try withFastFolder { parent in
            let folder = try Self.write(SampleRun.everyEvent, in: parent)
            let whole = try Data(contentsOf: folder.eventsFile)
            let table = try String(contentsOf: folder.metricsFile, encoding: .utf8)
            let lastLine = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
            let last = try #require(SampleRun.everyEvent.last)
            for end in lastLine..<whole.count {
                try whole.prefix(end).write(to: folder.eventsFile)
                try Data((table + "1,code-1,fu").utf8).write(to: folder.metricsFile)
                #expect(
                    try RecordedRun.read(folder).events().count == SampleRun.everyEvent.count - 1)
                let writer = try RunWriter(lock: RunLock(folder))
                try writer.receive(last)
                #expect(try Data(contentsOf: folder.eventsFile) == whole)
                #expect(try String(contentsOf: folder.metricsFile, encoding: .utf8) == table)
            }
        }
    }

    @Test("a header torn at any byte is written anew")
    func aTornHeaderIsWrittenAnew() throws {
        try withFastFolder { parent in
            let folder = try Self.write([], in: parent)
            let whole = try Data(contentsOf: folder.eventsFile)
            for end in 0..<whole.count {
                try whole.prefix(end).write(to: folder.eventsFile)
                _ = try RunWriter(lock: RunLock(folder))
                #expect(try Data(contentsOf: folder.eventsFile) == whole)
            }
        }
    }

    @Test("a log of another version is refused")
    func aLogOfAnotherVersionIsRefused() throws {
        try withFastFolder { parent in
            let folder = try Self.write([], in: parent)
            try Data("{\"file\":\"lethe-events\",\"schemaVersion\":2}\n".utf8)
                .write(to: folder.eventsFile)
            let path = folder.eventsFile.path
            #expect(throws: RunStoreError.unknownSchema(path: path, found: 2, supported: 1)) {
                try RecordedRun.read(folder)
            }
        }
    }

    @Test("the small files are there, each with its version")
    func theSmallFilesAreThere() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try folder.write(study: "schemaVersion: 1\nname: code\n")
            try folder.write([
                RunAttempt(environment: ["cpu": "x", "blas": "y"], study: nil, inputs: nil)
            ])
            let writer = try RunWriter(lock: RunLock(folder))
            for event in SampleRun.everyEvent { try writer.receive(event) }
            for file in [
                folder.studyFile, folder.environmentFile, folder.summaryFile, folder.logFile,
                folder.eventsFile,
            ] {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(text.contains("schemaVersion"), "\(file.lastPathComponent)")
            }
            let log = try String(contentsOf: folder.logFile, encoding: .utf8)
            #expect(log.hasSuffix("7.0 s alert step 1: two\nlines, \"quoted\" — π\n"))
            let environment = try String(contentsOf: folder.environmentFile, encoding: .utf8)
            #expect(environment.contains("\"blas\" : \"y\""))
        }
    }

    @Test("the summary is there once an evaluation point is complete")
    func theSummaryFollowsEvaluation() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            for event in SampleRun.everyEvent.prefix(3) { try writer.receive(event) }
            #expect(!FileManager.default.fileExists(atPath: folder.summaryFile.path))
            try writer.receive(SampleRun.everyEvent[3])
            let data = try Data(contentsOf: folder.summaryFile)
            let summary = try RunJSON.decoder().decode(RunSummary.self, from: data)
            #expect(summary.arms.map(\.name) == ["full", "lora-r8"])
            #expect(summary.arms[0].metrics.map(\.last) == [2.5])
        }
    }

    @Test("a full disk surfaces as an error")
    func aFullDiskSurfaces() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            try writer.write(message: "fine")
            let file = AppendFile(
                try FileDescriptor(opening: URL(filePath: "/dev/full"), flags: O_WRONLY))
            #expect(
                throws: RunStoreError.system(action: "write", path: "/dev/full", code: ENOSPC)
            ) { try file.append(line: "row") }
            try FileManager.default.removeItem(at: folder.url)
            #expect(throws: RunStoreError.self) { try folder.write(study: "name: code") }
        }
    }

    /// Events as text, because a `nan` is not equal to itself.
    private static func text(_ event: StampedEvent) -> String { String(reflecting: event) }

    @discardableResult
    private static func write(_ events: [StampedEvent], in parent: URL) throws -> RunFolder {
        let folder = try SampleRun.folder(in: parent)
        let writer = try RunWriter(lock: RunLock(folder))
        for event in events { try writer.receive(event) }
        return folder
    }
}
