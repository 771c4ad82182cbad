/// Encodes word after word, and remembers what it has seen.
struct WordEncoder {
    private let model: BPEModel
    private var merger: WordMerger
    /// Keyed by bytes: as `String` keys, "é" and "e" with an accent would be the same word.
    private var known: [ArraySlice<UInt8>: [Int32]] = [:]

    /// Longer words hardly come again.
    private static let longestKept = 64

    init(_ model: BPEModel) {
        self.model = model
        merger = WordMerger(model.table)
    }

    /// Appends the tokens of `word` to `ids`.
    mutating func encode(_ word: ArraySlice<UInt8>, into ids: inout [Int32]) {
        guard word.count <= Self.longestKept else {
            ids += tokens(of: word)
            return
        }
        if let tokens = known[word] {
            ids += tokens
        } else {
            let tokens = tokens(of: word)
            known[word] = tokens
            ids += tokens
        }
    }

    private mutating func tokens(of word: ArraySlice<UInt8>) -> [Int32] {
        if let whole = model.whole(word) { return [whole] }
        return merger.merge(model.symbols(of: word))
    }
}
