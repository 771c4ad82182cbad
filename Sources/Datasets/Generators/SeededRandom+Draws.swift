extension SeededRandom {
    /// A generator for one named purpose, so that adding draws to one never shifts another.
    init(seed: UInt64, purpose: String) {
        self.init(seed: seed ^ stableHash(purpose))
    }

    /// A whole number in a closed range, each equally likely.
    mutating func integer(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + uniform(below: range.upperBound - range.lowerBound + 1)
    }

    /// True once in `count` draws on average.
    mutating func oneIn(_ count: Int) -> Bool { uniform(below: count) == 0 }

    /// One element, each equally likely.
    ///
    /// - Precondition: `choices` is not empty.
    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[uniform(below: choices.count)]
    }

    /// `count` different elements in random order, or all where there are fewer.
    mutating func sample<Element>(_ elements: [Element], _ count: Int) -> [Element] {
        var result = elements
        let kept = min(count, result.count)
        for index in 0..<kept { result.swapAt(index, index + uniform(below: result.count - index)) }
        return Array(result.prefix(kept))
    }
}

/// A hash of a text's UTF-8 bytes that never changes between runs or machines.
///
/// FNV-1a with 64 bits and a last mix, so that the low bits are usable too.
func stableHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 33
    hash = hash &* 0xFF51_AFD7_ED55_8CCD
    return hash ^ (hash >> 33)
}
