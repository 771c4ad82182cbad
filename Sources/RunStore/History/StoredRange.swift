/// What numbers of a stored run can be; each gives what is wrong with one, or nil.
enum StoredRange {
    /// More steps than a study can ask for.
    private static let steps = 0...1_000_000_000
    /// More tokens, bytes or parameters than anything has.
    private static let counts = 0...1_000_000_000_000_000

    static func step(_ value: Int, _ name: String = "step") -> String? {
        steps.contains(value) ? nil : "\(name) \(value)"
    }

    static func count(_ name: String, _ value: Int) -> String? {
        counts.contains(value) ? nil : "\(name) \(value)"
    }

    static func clock(_ seconds: Double, of whom: String = "a clock") -> String? {
        seconds >= 0 && seconds.isFinite ? nil : "\(whom) at \(seconds) s"
    }

    static func rate(_ rate: Double?) -> String? {
        guard let rate else { return nil }
        return rate > 0 && rate.isFinite ? nil : "a learning rate of \(rate)"
    }
}
