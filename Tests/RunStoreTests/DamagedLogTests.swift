import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

/// Logs with lines that cannot be read: the rest is shown, and what is left out is told.
@Suite struct DamagedLogTests {
    @Test(
        "a line that cannot be read is left out and counted",
        arguments: [
            (#"{"seconds":1}"#, "missing key event"),
            ("", "not JSON"), ("{\"seconds\":", "not JSON"), ("[1]", "not JSON"),
            ("{\"seconds\":1,\"event\":{\"type\":\"notice\0\"}}", "not JSON"),
            (#"{"event":{"type":"tuned"},"seconds":1}"#, "does not know at event.type"),
            (
                #"{"event":{"type":"finished","outcome":{"type":"won"}},"seconds":1}"#,
                "outcome.type"
            ),
            (#"{"file":"lethe-events","schemaVersion":2}"#, "missing key"),
            (armChanged("full", -1), "step -1"), (armChanged("full", .max), "step 9223"),
            (armChanged("../x", 1), "an arm that the run does not have"),
            (started, "a second start"),
            (armChanged("full", 1, seconds: "-1"), "a clock at -1.0 s"),
            (armChanged("full", 1, seconds: "\"nan\""), "a clock at nan s"),
            (armChanged("full", 1, seconds: "1e999"), "not JSON"),
            (#"{"event":{"arms":{"full":-3},"type":"resumed"},"seconds":1}"#, "step -3"),
            (applied(id: .max, rate: "1"), "a command with the number"),
            (applied(id: 1, rate: "-1"), "a learning rate of -1.0"),
            (applied(id: 1, rate: "\"nan\""), "a learning rate of nan"),
        ])
    func line(line: String, reason: String) throws {
        try check(Data(line.utf8), reason)
    }

    @Test("so is one that is no text, and one that is far too long")
    func bytes() throws {
        try check(
            Data("{\"a\":\"".utf8) + Data([0xFF, 0xFE, 0x80]) + Data("\"}".utf8), "missing key")
        try check(Data([0xFF, 0xFE, 0x80, 0x00, 0x7B]), "not JSON")
        let long = Data("{".utf8) + Data(repeating: UInt8(ascii: " "), count: 9 << 20)
        try check(long, "longer than")
    }

    @Test("a log that lacks its header is read all the same")
    func noHeader() throws {
        try withLog { folder, lines in
            try Self.write(Array(lines.dropFirst()), to: folder)
            let history = try RecordedRun.read(folder)
            #expect(try history.events().count == lines.count - 1)
            #expect(history.damage?.description.hasPrefix(folder.eventsFile.path + ":1:") == true)
            #expect(throws: RunStoreError.self) { try folder.resumePoint() }
        }
    }

    @Test("a log of a header alone, and an empty one, have no events and no damage")
    func empty() throws {
        try withLog { folder, lines in
            for kept in [Array(lines.prefix(1)), []] {
                try Self.write(kept, to: folder)
                let history = try RecordedRun.read(folder)
                #expect(try history.events().isEmpty && history.damage == nil)
                #expect(try RunFollower(folder).poll().state == RunState())
            }
        }
    }

    @Test("a file without any readable line is no log")
    func noLog() throws {
        try withLog { folder, _ in
            try Self.write([Data("name,value".utf8), Data("a,1".utf8)], to: folder)
            let error = RunStoreError.malformed(
                path: folder.eventsFile.path, line: 1, reason: "no header of a log")
            #expect(throws: error) { try RecordedRun.read(folder) }
            #expect(throws: error) { try RunFollower(folder).poll() }
        }
    }

    @Test("millions of unreadable lines end in an error, soon")
    func endless() throws {
        try withLog { folder, lines in
            let junk = Data(String(repeating: "{}\n", count: 4_000_000).utf8)
            try (lines[0] + Data("\n".utf8) + junk).write(to: folder.eventsFile)
            let start = ContinuousClock.now
            let error = #expect(throws: RunStoreError.self) { try RecordedRun.read(folder) }
            #expect(error?.description.contains("more than 100000") == true)
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test("numbers and paths of commands that wait are checked like those of the log")
    func waitingCommands() throws {
        try withLog { folder, _ in
            let command = #"""
                {"schemaVersion": 1, "commands": [{"isRecorded": false, "position": 1, "request":
                {"id": 9223372036854775807, "command": {"type": "pause"}, "origin": "keyboard"}}]}
                """#
            try Data(command.utf8).write(to: folder.commandsFile)
            #expect(throws: RunStoreError.self) { try folder.resumePoint() }
        }
    }

    // MARK: - Logs

    /// A log with this line in its middle has all other events, and is neither written nor cut.
    private func check(_ line: Data, _ reason: String) throws {
        try withLog { folder, lines in
            var damaged = lines
            damaged.insert(line, at: 4)
            damaged.insert(line, at: 7)
            try Self.write(damaged, to: folder)
            let stored = try Data(contentsOf: folder.eventsFile)
            let history = try RecordedRun.read(folder)
            #expect(try history.events().count == lines.count - 1)
            let damage = try #require(history.damage)
            #expect(damage.count == 2 && damage.firstLine == 5)
            #expect(damage.reason.contains(reason), "\(damage)")
            let follower = RunFollower(folder)
            let seen = try #require(try follower.poll().state)
            #expect(seen.tidings.count == history.state.tidings.count)
            #expect(seen.position == history.state.position)
            #expect(follower.damage == damage)
            let lock = try RunLock(folder)
            let error = RunStoreError.malformed(
                path: folder.eventsFile.path, line: 5, reason: damage.reason)
            #expect(throws: error) { try folder.resumePoint() }
            #expect(throws: error) { try RunWriter(lock: lock) }
            #expect(try Data(contentsOf: folder.eventsFile) == stored)
        }
    }

    /// Passes on a run that was interrupted, and the lines of its log.
    private func withLog(_ body: (RunFolder, [Data]) throws -> Void) throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            do {
                let writer = try RunWriter(lock: RunLock(folder))
                for event in SampleRun.everyEvent.dropLast() { try writer.receive(event) }
            }
            let lines = try Data(contentsOf: folder.eventsFile).split(separator: 0x0A)
            try body(folder, lines.map { Data($0) })
        }
    }

    private static func write(_ lines: [Data], to folder: RunFolder) throws {
        let data = lines.reduce(into: Data()) { $0 += $1 + Data("\n".utf8) }
        try data.write(to: folder.eventsFile)
    }
}

private let started =
    #"{"event":{"run":{"arms":[],"base":"b","domain":"d","evaluateEvery":1,"run":"r","#
    + #""sourceTasks":[],"study":"s","targetTasks":[]},"type":"started"},"seconds":1}"#

private func armChanged(_ arm: String, _ step: Int, seconds: String = "1") -> String {
    #"{"event":{"arm":"\#(arm)","state":"training","step":\#(step),"type":"armChanged"},"#
        + #""seconds":\#(seconds)}"#
}

private func applied(id: Int, rate: String) -> String {
    #"{"event":{"request":{"arm":"full","command":{"learningRate":\#(rate),"type":"#
        + #""setLearningRate"},"id":\#(id),"origin":"keyboard"},"state":{"type":"applied"},"#
        + #""step":1,"type":"command"},"seconds":1}"#
}
