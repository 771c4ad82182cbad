/// The items that a number is made of, in one order for the whole run: target records, documents of
/// the source text, multiple-choice items.
///
/// The number is a ratio of sums, `Σ sums / Σ counts`, the sums as in `ItemScores`: so it can be
/// computed for any half or resample of the items.
package struct ItemSet: Codable, Sendable, Equatable {
    package var key: MeasureKey
    /// A hash of each item's text: says that two runs measured the same item, and in which half of the
    /// items it is.
    package var hashes: [UInt64]
    /// What each item counts for, whatever the model: its tokens, its bytes, or 1.
    package var counts: [Int]
    /// How many items the data have, of which these are a sample; nil if that was not recorded.
    package var total: Int?

    package init(key: MeasureKey, hashes: [UInt64], counts: [Int], total: Int? = nil) {
        self.key = key
        self.hashes = hashes
        self.counts = counts
        self.total = total
    }
}

/// What each item of a set added to a number of one arm at one step.
package struct ItemScores: Codable, Sendable, Equatable {
    package var arm: String
    /// Optimiser steps completed; 0 is the base model itself.
    package var step: Int
    package var key: MeasureKey
    /// In the order of the set: nats of an item's tokens, or 1 for an item that is right.
    package var sums: [Double]

    package init(arm: String, step: Int, key: MeasureKey, sums: [Double]) {
        self.arm = arm
        self.step = step
        self.key = key
        self.sums = sums
    }
}
