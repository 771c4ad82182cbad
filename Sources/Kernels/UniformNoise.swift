extension Elementwise {
    /// y += U(−bound, bound), from `SplitMix64`.
    ///
    /// What is added depends on the seed and the element's index alone.
    package static func addUniformNoise(
        to y: UnsafeMutablePointer<Float>, bound: Float, seed: UInt64, count: Int
    ) {
        Workers.split(count, grain: Rows.grain) { part in
            for index in part {
                let number = SplitMix64.number(index, seed: seed)
                // The upper 24 bits, which a float holds exactly, as −1 to 1.
                y[index] += bound * (Float(number >> 40) * 0x1p-23 - 1)
            }
        }
    }
}
