import Platform
import Synchronization
import Testing

@Suite struct CheckedThreadTests {
    @Test("a thread runs")
    func runs() async throws {
        try await confirmation { confirmed in
            try await withCheckedThrowingContinuation {
                (done: CheckedContinuation<Void, any Error>) in
                do {
                    try CheckedThread.start("test", stackSize: 1 << 20) { done.resume() }
                } catch {
                    done.resume(throwing: error)
                }
            }
            confirmed()
        }
    }

    @Test("a thread for which there is no memory is an error that says so")
    func refused() throws {
        let error = #expect(throws: ThreadError.self) {
            try CheckedThread.start("test", stackSize: 1 << 50) {}
        }
        #expect("\(try #require(error))".hasPrefix("the test thread cannot be started: "))
    }
}
