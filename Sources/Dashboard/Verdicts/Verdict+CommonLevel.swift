import Verdicts

extension Verdict {
    /// The level of learning at which all arms are compared: the one that was asked for, else the farthest
    /// from the base at which every arm can be read that learns anything; nil if there is none.
    var commonLevel: Double? { level ?? cost?.learned }

    /// What an arm had forgotten at a level at its best rate there, the mean over seeds; nil for one that
    /// does not reach it.
    func forgotten(by arm: String, at level: Double) -> Double? {
        guard
            let point = arms.first(where: { $0.arm == arm })?.envelope
                .first(where: { $0.learned == level }), !point.forgotten.isEmpty
        else { return nil }
        return point.forgotten.reduce(0, +) / Double(point.forgotten.count)
    }
}
