extension Reference {
    /// Whether dropout keeps an element: a hash of its index and the seed, as a fraction of 2³²,
    /// is at most `keep`.
    package static func dropoutKeeps(_ index: UInt64, keep: Float, seed: UInt64) -> Bool {
        func mixed(_ value: UInt32) -> UInt32 {
            var value = (value ^ (value >> 16)) &* 0x85EB_CA6B
            value = (value ^ (value >> 13)) &* 0xC2B2_AE35
            return value ^ (value >> 16)
        }
        let (low, high) = (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32))
        let counter = UInt32(truncatingIfNeeded: index) ^ UInt32(index >> 32)
        let hash = mixed(mixed(counter ^ low) &+ high)
        return hash <= UInt32(Double(keep) * 4_294_967_295)
    }
}
