import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct RunFollowerTests {
    @Test("new events arrive as they are written, each once")
    func newEventsArrive() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let follower = RunFollower(folder)
            #expect(try follower.poll().events.isEmpty)
            let writer = try RunWriter(lock: RunLock(folder))
            #expect(try follower.poll() == .init(state: RunState()))
            for event in SampleRun.everyEvent where event.seconds != 1 {
                try writer.receive(event)
                #expect(
                    try follower.poll().events.map(String.init(reflecting:))
                        == [String(reflecting: event)])
            }
            #expect(try follower.poll() == .init())
        }
    }

    @Test("half a line waits for its other half")
    func halfALineWaits() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            try writer.receive(SampleRun.everyEvent[0])
            let whole = try Data(contentsOf: folder.eventsFile)
            let follower = RunFollower(folder)
            let log = try FileHandle(forWritingTo: folder.eventsFile)
            try log.truncate(atOffset: UInt64(whole.count - 40))
            #expect(try follower.poll().state == RunState())
            try log.write(contentsOf: whole.suffix(40))
            #expect(try follower.poll().events == [SampleRun.everyEvent[0]])
        }
    }

    @Test("a log cut back by a resume starts over")
    func aLogCutBackStartsOver() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let follower = RunFollower(folder)
            do {
                let writer = try RunWriter(lock: RunLock(folder))
                for event in SampleRun.everyEvent.prefix(2) { try writer.receive(event) }
            }
            #expect(try follower.poll().state?.position.moment.events == 1)
            let history = try RecordedRun.read(folder)
            try history.folder.cut(
                to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"],
                lock: RunLock(folder))
            #expect(try follower.poll() == .init(isRestart: true, state: RunState()))
        }
    }
}
