import Foundation
import Platform
import Testing

@Suite struct MonitorTests {
    @Test("who waits goes on when the state is as it is needed")
    func waits() throws {
        let monitor = Monitor(0)
        try CheckedThread.start("count", stackSize: 1 << 18) {
            for _ in 0..<3 {
                usleep(1000)
                monitor.change { $0 += 1 }
            }
        }
        #expect(monitor.wait { $0 == 3 ? "three" : nil } == "three")
    }

    @Test("who waits to no purpose is told at the deadline")
    func deadline() {
        let monitor = Monitor(1)
        let result = monitor.wait(until: Date(timeIntervalSinceNow: 0.01)) { $0 == 2 ? 2 : nil }
        #expect(result == nil)
        #expect(monitor.wait(until: .distantPast) { $0 == 1 ? 1 : nil } == 1)
    }
}
