package import Foundation
import Synchronization

/// State that threads share, and wait for until it is as they need it.
package final class Monitor<State: Sendable>: Sendable {
    private let state: Mutex<State>
    private let condition = NSCondition()

    package init(_ state: State) { self.state = Mutex(state) }

    /// Reads or changes the state; all who wait look at it again.
    package func change<Result: Sendable>(_ body: @Sendable (inout State) -> Result) -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return state.withLock { body(&$0) }
    }

    /// Waits until `body`, which may change the state, gives something.
    ///
    /// - Parameters:
    ///   - deadline: When to give up; never without one.
    ///   - body: Looks at the state.
    /// - Returns: What it gave, or nil at the deadline.
    package func wait<Result: Sendable>(
        until deadline: Date? = nil, _ body: @Sendable (inout State) -> Result?
    ) -> Result? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = state.withLock({ body(&$0) }) { return result }
            guard let deadline else {
                condition.wait()
                continue
            }
            guard condition.wait(until: deadline) else { return state.withLock { body(&$0) } }
        }
    }
}
