import Foundation
import RunEvents
import RunStore
import StudySamples
import TestSupport
import Testing

@testable import lethe

@Suite struct TrainingThreadTests {
    @Test("it tells that it prepares before it loads anything, and why it could not")
    func preparing() throws {
        try withFastFolder { parent in
            let small = try SmallStudy(in: parent)
            let folder = try RunFolder.create(at: parent.appending(path: "run"))
            let thread = TrainingThread(
                RunRequest(
                    study: try small.study(["arms.lora.rank=17"]), lock: try RunLock(folder),
                    locator: small.locator))
            let channel = EventChannel()
            thread.start(channel: channel, writesRows: false)
            #expect(LetheProcess.poll { thread.state.isOver })
            let progress = Progress(
                arm: nil, phase: .preparing("small"), step: 0, tokensPerSecond: 0)
            #expect(channel.drain().map(\.event) == [.progress(progress)])
            #expect(try message(thread).contains("rank 17"))
        }
    }

    @Test("a thread for which there is no room fails at once")
    func noThread() throws {
        try withFastFolder { parent in
            let small = try SmallStudy(in: parent)
            let folder = try RunFolder.create(at: parent.appending(path: "run"))
            let thread = TrainingThread(
                RunRequest(
                    study: try small.study(), lock: try RunLock(folder), locator: small.locator),
                stackSize: 1 << 50)
            thread.start(channel: nil, writesRows: false)
            #expect(thread.state.isOver)
            #expect(try message(thread).contains("the training thread cannot be started"))
        }
    }

    private func message(_ thread: TrainingThread) throws -> String {
        guard case .failed(let message) = thread.state else { return "\(thread.state)" }
        return message
    }
}
