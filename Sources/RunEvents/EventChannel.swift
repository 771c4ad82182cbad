import Synchronization

/// Carries events from the training thread to the user interface without ever blocking training.
///
/// `progress` events overwrite one another (the newest wins); all others are kept until drained.
package final class EventChannel: RunEventSink, Sendable {
    private struct State {
        var events: [StampedEvent] = []
        var progress: StampedEvent?
    }

    private let state = Mutex(State())

    package init() {}

    package func receive(_ event: StampedEvent) {
        state.withLock { state in
            if case .progress = event.event {
                state.progress = event
            } else {
                state.events.append(event)
            }
        }
    }

    /// Everything since the last call, in order, the newest progress last.
    package func drain() -> [StampedEvent] {
        state.withLock { state in
            var drained: [StampedEvent] = []
            swap(&drained, &state.events)
            if let progress = state.progress {
                drained.append(progress)
                state.progress = nil
            }
            return drained
        }
    }
}
