import RunEvents
import Testing

@Suite struct CommandQueueTests {
    @Test("commands are numbered and taken once, oldest first")
    func commandsAreTakenOnce() {
        let queue = CommandQueue()
        queue.ask(.pause, arm: "full", origin: "keyboard")
        queue.ask(.quit, arm: nil, origin: "signal")
        let taken = queue.takeAll()
        #expect(taken.map(\.request.id) == [1, 2])
        #expect(taken.map(\.request.command) == [.pause, .quit])
        #expect(taken[0].instant <= taken[1].instant)
        #expect(queue.takeAll().isEmpty)
        #expect(queue.ask(.resume, arm: nil, origin: "keyboard").id == 3)
    }
}
