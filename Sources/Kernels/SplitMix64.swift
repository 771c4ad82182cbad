/// SplitMix64: a generator whose n-th number can be had without those before it.
///
/// `Datasets`, which imports no arithmetic, has the same algorithm as `SeededRandom`; both are tested
/// against the same published numbers.
/// - Reference: Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014,
///   with the constants of Vigna's `splitmix64.c`.
package struct SplitMix64: RandomNumberGenerator {
    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var state: UInt64

    /// The numbers of a seed without the first few.
    package init(seed: UInt64, skipping count: Int = 0) {
        state = seed &+ UInt64(bitPattern: Int64(count)) &* Self.increment
    }

    package mutating func next() -> UInt64 {
        state &+= Self.increment
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The number at an index, counted from 0, of a seed's numbers.
    package static func number(_ index: Int, seed: UInt64) -> UInt64 {
        var generator = SplitMix64(seed: seed, skipping: index)
        return generator.next()
    }
}
