internal import Datasets

/// Parts the rows of a file in those to train on and those to measure on.
///
/// Rows with one key stay on one side, so that nothing is measured that was trained on.
package struct HeldOutSplit: Equatable, Sendable {
    /// The places of the rows, counted from 0, in the file's order.
    package let training: [Int]
    package let heldOut: [Int]

    /// Of ten rows one is held out, and of many as many as this.
    package static let most = 200
    private static let share = 10
    static let seed: UInt64 = 0

    /// Draws whole groups of rows, with a fixed seed, until the held-out side is large enough.
    ///
    /// Nil if all rows have one key, so that there is nothing to part.
    /// - Parameter keys: What must not be on both sides, of every row.
    package init?(_ keys: [String]) {
        var places: [String: [Int]] = [:]
        var order: [String] = []
        for (place, key) in keys.enumerated() {
            if places[key] == nil { order.append(key) }
            places[key, default: []].append(place)
        }
        guard order.count > 1 else { return nil }
        let wanted = min(Self.most, max(1, keys.count / Self.share))
        var random = SeededRandom(seed: Self.seed)
        let groups = random.shuffled(order).map { places[$0] ?? [] }
        var chosen = groups.reduce(into: [Int]()) { chosen, group in
            if chosen.count + group.count <= wanted { chosen += group }
        }
        // Where every group is larger than that, the smallest.
        if chosen.isEmpty { chosen = groups.min { $0.count < $1.count } ?? [] }
        let held = Set(chosen)
        heldOut = held.sorted()
        training = keys.indices.filter { !held.contains($0) }
    }
}
