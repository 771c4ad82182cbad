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
struct MergeTable: Sendable {
    let merges: [Merge]
    private let ranks: [SymbolPair: UInt32]

    init(_ merges: [Merge]) {
        self.merges = merges
        ranks = Dictionary(
            merges.enumerated().map { ($1.pair, UInt32($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The rank of the merge of `left` and `right`, or `UInt32.max` if there is none.
    func rank(_ left: Int32, _ right: Int32) -> UInt32 {
        ranks[SymbolPair(left: left, right: right)] ?? .max
    }
}
