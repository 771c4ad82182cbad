/// How often each pair of symbols occurs in a corpus of counted words, kept true as pairs merge.
struct PairCounts {
    private struct Candidate: Comparable {
        let count: Int
        let pair: SymbolPair

        static func < (a: Candidate, b: Candidate) -> Bool {
            a.count == b.count ? a.pair < b.pair : a.count > b.count
        }
    }

    private var words: [[Int32]] = []
    private var wordCounts: [Int] = []
    private var counts: [SymbolPair: Int] = [:]
    /// The words in which a pair occurs, or once occurred.
    private var places: [SymbolPair: [Int32]] = [:]
    private var candidates = BinaryHeap<Candidate>()

    /// Counts the pairs of `corpus`, whose bytes have the ids `symbols`.
    init(_ corpus: [[UInt8]: Int], symbols: [Int32]) {
        for (bytes, count) in corpus {
            words.append(bytes.map { symbols[Int($0)] })
            wordCounts.append(count)
        }
        for index in words.indices {
            for pair in Self.pairs(of: words[index]) {
                counts[pair, default: 0] += wordCounts[index]
                places[pair, default: []].append(Int32(index))
            }
        }
        for (pair, count) in counts { candidates.push(Candidate(count: count, pair: pair)) }
    }

    /// The pair that occurs most often, or nil if none occurs `minimum` times.
    ///
    /// Counts in the heap may be too high: such a candidate goes back with its present count.
    mutating func mostFrequent(atLeast minimum: Int) -> SymbolPair? {
        while let candidate = candidates.popSmallest() {
            let count = counts[candidate.pair] ?? 0
            if count != candidate.count {
                if count > 0 { candidates.push(Candidate(count: count, pair: candidate.pair)) }
            } else {
                return count >= max(minimum, 1) ? candidate.pair : nil
            }
        }
        return nil
    }

    /// Replaces `pair` by `symbol` in every word.
    mutating func merge(_ pair: SymbolPair, into symbol: Int32) {
        var created: Set<SymbolPair> = []
        for place in Set(places.removeValue(forKey: pair) ?? []) {
            let index = Int(place)
            let merged = Self.replacing(pair, by: symbol, in: words[index])
            for old in Self.pairs(of: words[index]) { counts[old, default: 0] -= wordCounts[index] }
            for new in Self.pairs(of: merged) {
                counts[new, default: 0] += wordCounts[index]
                guard new.left == symbol || new.right == symbol else { continue }
                places[new, default: []].append(place)
                created.insert(new)
            }
            words[index] = merged
        }
        counts[pair] = nil
        for new in created { candidates.push(Candidate(count: counts[new] ?? 0, pair: new)) }
    }

    private static func pairs(of word: [Int32]) -> some Sequence<SymbolPair> {
        zip(word, word.dropFirst()).lazy.map { SymbolPair(left: $0, right: $1) }
    }

    private static func replacing(_ pair: SymbolPair, by symbol: Int32, in word: [Int32]) -> [Int32]
    {
        var result: [Int32] = []
        var index = 0
        while index < word.count {
            let isMatch =
                index + 1 < word.count && word[index] == pair.left && word[index + 1] == pair.right
            result.append(isMatch ? symbol : word[index])
            index += isMatch ? 2 : 1
        }
        return result
    }
}
