/// What a verdict is made of: trajectories, and the two axes in which they are compared.
package struct VerdictInput: Sendable, Equatable {
    package var learned: Axis
    package var forgotten: Axis
    package var trajectories: [Trajectory]

    package init(learned: Axis, forgotten: Axis, trajectories: [Trajectory]) {
        self.learned = learned
        self.forgotten = forgotten
        self.trajectories = trajectories
    }

    /// Whether every point has its items, in both axes, and there are some in each half.
    var hasItems: Bool {
        let points = trajectories.lazy.flatMap(\.points)
        return learned.canBeHalved && forgotten.canBeHalved
            && points.allSatisfy {
                learned.fits($0.learnedSums) && forgotten.fits($0.forgottenSums)
            }
    }
}

extension Axis {
    /// Fewer items in a half say nothing.
    private static let fewestItems = 2

    fileprivate var canBeHalved: Bool {
        !parts.isEmpty
            && parts.allSatisfy { part in
                let selection = part.isSelection.count { $0 }
                return min(selection, part.counts.count - selection) >= Self.fewestItems
            }
    }

    fileprivate func fits(_ sums: [[Double]]) -> Bool {
        sums.count == parts.count && zip(sums, parts).allSatisfy { $0.count == $1.counts.count }
    }

    /// The value on one half of the items.
    func value(of sums: [[Double]], isSelection: Bool) -> Double {
        let ratios = zip(sums, parts).map { sums, part in
            var (sum, count) = (0.0, 0.0)
            for index in sums.indices where part.isSelection[index] == isSelection {
                sum += sums[index]
                count += part.counts[index]
            }
            return sum / count
        }
        return ratios.reduce(0, +) / Double(ratios.count)
    }

    /// +1 where a higher value is worse, −1 where it is better: values times this one are losses.
    var sign: Double { isHigherBetter ? -1 : 1 }
}
