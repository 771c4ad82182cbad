/// One of the two numbers that a verdict weighs: what was learned, or what was forgotten.
package struct Axis: Sendable, Equatable {
    /// In what differences are told.
    package enum Unit: String, Codable, Sendable {
        /// Nats per token.
        case nats
        /// Bits per byte.
        case bits
        /// A share from 0 to 1, told in hundredths: points.
        case points
    }

    /// In a sentence: `code loss`, `retained accuracy`.
    package var name: String
    package var unit: Unit
    package var isHigherBetter: Bool
    /// Differences up to this one count as none (δ of a verdict).
    package var tolerance: Double
    /// The items that the number is made of; empty if they were not kept.
    package var parts: [Part]

    package init(
        name: String, unit: Unit, isHigherBetter: Bool = false, tolerance: Double? = nil,
        parts: [Part] = []
    ) {
        self.name = name
        self.unit = unit
        self.isHigherBetter = isHigherBetter
        self.tolerance = tolerance ?? unit.tolerance
        self.parts = parts
    }

    /// One set of items.
    ///
    /// An axis's value is the mean over its parts of `Σ sums / Σ counts`, so that
    /// the accuracies of several tasks weigh the same.
    package struct Part: Sendable, Equatable {
        /// What each item counts for: its tokens, or 1.
        package var counts: [Double]
        /// Whether each is in the half on which rates are chosen; reports are of the other half.
        package var isSelection: [Bool]

        package init(counts: [Double], isSelection: [Bool]) {
            precondition(counts.count == isSelection.count, "Axis.Part: a half for each item")
            self.counts = counts
            self.isSelection = isSelection
        }

        /// Splits by a hash of the items' texts: the even ones are for choosing.
        package init(counts: [Int], hashes: [UInt64]) {
            self.init(
                counts: counts.map(Double.init), isSelection: hashes.map { $0.isMultiple(of: 2) })
        }
    }
}

extension Axis.Unit {
    /// 0.02 nats per token or bits per byte, or 1 point of accuracy.
    package var tolerance: Double {
        switch self {
        case .nats, .bits: 0.02
        case .points: 0.01
        }
    }
}
