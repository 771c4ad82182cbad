import Synchronization

/// A value that is made when it is first asked for, and kept from then on.
final class Once<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    var isMade: Bool { made.withLock { $0 != nil } }

    /// The value; `make` may ask for others, but not for this one.
    func value(_ make: () -> Value) -> Value {
        if let value = made.withLock({ $0 }) { return value }
        let value = make()
        made.withLock { $0 = value }
        return value
    }
}
