/// Merges the symbols of one word by rank, keeping its buffers from word to word.
///
/// The word is a doubly linked list of symbols; a heap holds the mergeable pairs by rank, then
/// from left to right. An entry whose pair has changed since is skipped when it comes out.
///
/// Source: Sennrich et al. 2016 (arXiv 1508.07909), with the rank order of GPT-2's encoder.
struct WordMerger {
    private let table: MergeTable
    private var symbols: [Int32] = []
    private var previous: [Int32] = []
    private var following: [Int32] = []
    private var ranks: [UInt32] = []
    private var heap = BinaryHeap<UInt64>()

    init(_ table: MergeTable) {
        self.table = table
    }

    /// The tokens of the word whose first symbols are `word`.
    ///
    /// - Complexity: O(n log n) for n symbols.
    mutating func merge(_ word: [Int32]) -> [Int32] {
        guard word.count > 1 else { return word }
        start(word)
        while let entry = heap.popSmallest() {
            let (rank, index) = (UInt32(entry >> 32), Int(entry & 0xFFFF_FFFF))
            if ranks[index] == rank { apply(rank, at: index) }
        }
        return remaining()
    }

    private mutating func start(_ word: [Int32]) {
        let count = Int32(word.count)
        symbols = word
        previous = Array(-1..<count - 1)
        following = Array(1..<count) + [-1]
        ranks = Array(repeating: .max, count: word.count)
        heap.removeAll()
        for index in word.indices { queuePair(at: index) }
    }

    private mutating func queuePair(at index: Int) {
        let next = Int(following[index])
        ranks[index] = next < 0 ? .max : table.rank(symbols[index], symbols[next])
        if ranks[index] != .max { heap.push(UInt64(ranks[index]) << 32 | UInt64(index)) }
    }

    private mutating func apply(_ rank: UInt32, at index: Int) {
        let absorbed = Int(following[index])
        symbols[index] = table.merges[Int(rank)].result
        ranks[absorbed] = .max
        following[index] = following[absorbed]
        if following[index] >= 0 { previous[Int(following[index])] = Int32(index) }
        queuePair(at: index)
        if previous[index] >= 0 { queuePair(at: Int(previous[index])) }
    }

    private func remaining() -> [Int32] {
        var result: [Int32] = []
        var index = 0
        while index >= 0 {
            result.append(symbols[index])
            index = Int(following[index])
        }
        return result
    }
}
