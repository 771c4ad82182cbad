import RunEvents
import Testing

@Suite struct CommandQueueTests {
    @Test("commands are numbered and taken once, oldest first")
    func commandsAreTakenOnce() {
        let queue = CommandQueue()
        queue.ask(.pause, arm: "full", origin: "keyboard")
        queue.ask(.quit, arm: nil, origin: "signal")
        let taken = queue.takeAll()
        #expect(taken.map(\.id) == [1, 2])
        #expect(taken.map(\.command) == [.pause, .quit])
        #expect(queue.takeAll().isEmpty)
        #expect(queue.ask(.resume, arm: nil, origin: "keyboard").id == 3)
    }
}
