import Synchronization

/// Asks the training thread to come to an end; read once per step and between evaluation batches.
package final class StopToken: Sendable {
    /// How urgently to stop.
    package enum Request: UInt8, Sendable, Comparable {
        case none = 0
        /// Finish the step, write checkpoints, end.
        case afterStep = 1
        /// End without writing anything more.
        case abandon = 2

        package static func < (left: Request, right: Request) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private let state = Atomic<UInt8>(0)

    package init() {}

    package var request: Request { Request(rawValue: state.load(ordering: .acquiring)) ?? .abandon }

    /// Raises the urgency; never lowers it.
    package func ask(_ request: Request) {
        if request > self.request { state.store(request.rawValue, ordering: .releasing) }
    }
}
