/// Tells a key that is held down from one that is pressed again.
struct HeldKey: Sendable, Equatable {
    /// Seconds within which terminals repeat a key that is held down; nobody presses one so fast.
    static let interval = 0.12

    private var key: Key?
    private var newest = -Double.infinity

    /// Takes in a key, and says whether it is only held down.
    mutating func repeats(_ key: Key, now: Double) -> Bool {
        defer { (self.key, newest) = (key, now) }
        return key == self.key && now - newest < Self.interval
    }
}
