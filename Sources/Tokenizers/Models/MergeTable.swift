/// Two symbols that stand side by side in a word.
struct SymbolPair: Hashable, Comparable, Sendable {
    let left: Int32
    let right: Int32

    static func < (a: SymbolPair, b: SymbolPair) -> Bool {
        (a.left, a.right) < (b.left, b.right)
    }
}

/// One rule of byte-pair encoding: the pair becomes `result`.
struct Merge: Equatable, Sendable {
    let pair: SymbolPair
    let result: Int32
}

/// The merges of a tokenizer; the earlier a merge, the lower its rank and the sooner it applies.
///
/// Ranks are found by open addressing: a pair stands at its hash or at the next free place after it.
struct MergeTable: Sendable {
    let merges: [Merge]
    /// The rank plus 1 at each place; 0 where it is free.
    private var places: [UInt32]
    private let shift: UInt64

    /// Of equal pairs the last one counts, as in Hugging Face's `tokenizers`.
    init(_ merges: [Merge]) {
        self.merges = merges
        let bits = UInt64(
            max(4, (merges.count * 2).bitWidth - (merges.count * 2).leadingZeroBitCount))
        shift = 64 - bits
        places = Array(repeating: 0, count: 1 << bits)
        for rank in merges.indices { insert(UInt32(rank)) }
    }

    private mutating func insert(_ rank: UInt32) {
        let pair = merges[Int(rank)].pair
        var place = start(pair)
        while places[place] != 0, merges[Int(places[place]) - 1].pair != pair {
            place = (place + 1) & (places.count - 1)
        }
        places[place] = rank + 1
    }

    private func start(_ pair: SymbolPair) -> Int {
        let key =
            UInt64(UInt32(bitPattern: pair.left)) << 32 | UInt64(UInt32(bitPattern: pair.right))
        return Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    /// The rank of the merge of `left` and `right`, or `UInt32.max` if there is none.
    func rank(_ left: Int32, _ right: Int32) -> UInt32 {
        let pair = SymbolPair(left: left, right: right)
        var place = start(pair)
        while places[place] != 0 {
            let rank = places[place] - 1
            if merges[Int(rank)].pair == pair { return rank }
            place = (place + 1) & (places.count - 1)
        }
        return .max
    }
}
