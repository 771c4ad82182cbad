import RunEvents

/// Which trajectories are listed and drawn: those whose name or method holds a text, or whose rate or
/// seed it is.
struct ArmFilter: Equatable, Sendable {
    /// After a `!`, the text that must not fit; empty lets every arm through.
    var text = ""

    func lets(_ arm: ArmRecord) -> Bool {
        let isInverse = text.hasPrefix("!")
        let wanted = text.dropFirst(isInverse ? 1 : 0).lowercased()
        guard !wanted.isEmpty else { return true }
        let holds = [arm.name, arm.studyArm, arm.method].contains {
            $0.lowercased().contains(wanted)
        }
        return (holds || Self.isRateOrSeed(wanted, of: arm)) != isInverse
    }

    /// Whether a text is the trajectory's learning rate, `1e-3` or `lr0.001`, or its seed, `s2`.
    private static func isRateOrSeed(_ text: String, of arm: ArmRecord) -> Bool {
        guard let identity = arm.identity else { return false }
        if text == "s\(identity.seed)" { return true }
        let digits = text.hasPrefix("lr") ? text.dropFirst(2) : text[...]
        return Double(digits).map { abs($0 - identity.learningRate) <= 1e-9 * abs($0) } ?? false
    }
}
