/// SplitMix64: a small random generator whose whole state is one number.
///
/// The same seed gives the same numbers on every machine and in every version; data files and
/// training order depend on it, so the algorithm never changes. `Kernels`, which this target does
/// not import, has the same algorithm as `SplitMix64`; both are tested against the same published
/// numbers.
/// - Reference: Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014,
///   with the constants of Vigna's `splitmix64.c`.
package struct SeededRandom: RandomNumberGenerator, Codable, Sendable, Equatable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number in `0 ..< bound`, each equally likely.
    ///
    /// Draws that would favour small numbers are rejected, so there is no modulo bias.
    package mutating func uniform(below bound: Int) -> Int {
        precondition(bound > 0, "uniform(below: \(bound)): the bound must be positive")
        let range = UInt64(bound)
        let favoured = (0 &- range) % range
        while true {
            let draw = next()
            if draw >= favoured { return Int(draw % range) }
        }
    }

    /// The elements in a random order (Fisher-Yates).
    package mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        var result = Array(elements)
        for last in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(last, uniform(below: last + 1))
        }
        return result
    }
}
