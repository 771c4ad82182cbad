extension Elementwise {
    /// y += U(−bound, bound), from a counter-based generator (SplitMix64).
    ///
    /// What is added depends on the seed and the element's index alone.
    package static func addUniformNoise(
        to y: UnsafeMutablePointer<Float>, bound: Float, seed: UInt64, count: Int
    ) {
        Workers.split(count, grain: Rows.grain) { part in
            for index in part {
                var mixed = seed &+ (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15
                mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
                mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
                mixed ^= mixed >> 31
                // The upper 24 bits, which a float holds exactly, as −1 to 1.
                y[index] += bound * (Float(mixed >> 40) * 0x1p-23 - 1)
            }
        }
    }
}
