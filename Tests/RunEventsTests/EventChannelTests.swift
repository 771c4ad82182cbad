import RunEvents
import Testing

@Suite struct EventChannelTests {
    @Test("progress overwrites progress and comes last; nothing else is lost")
    func progressOverwrites() {
        let channel = EventChannel()
        let notices = (0..<3).map {
            RunEvent.notice(.init(level: .info, arm: nil, step: $0, text: ""))
        }
        for (index, notice) in notices.enumerated() {
            channel.receive(StampedEvent(seconds: 0, event: notice))
            channel.receive(StampedEvent(seconds: 1, event: Self.progress(index)))
        }
        #expect(channel.drain().map(\.event) == notices + [Self.progress(2)])
        #expect(channel.drain().isEmpty)
    }

    private static func progress(_ step: Int) -> RunEvent {
        .progress(Progress(arm: nil, phase: .training, step: step, tokensPerSecond: 0))
    }
}
