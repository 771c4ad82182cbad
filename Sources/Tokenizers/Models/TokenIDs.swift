/// The ids of tokens by their exact bytes: as `String` keys, `é` and `e` with an accent would be the
/// same token.
struct TokenIDs {
    private let ids: [ArraySlice<UInt8>: Int32]

    /// Of equal texts the last one counts.
    init(_ vocabulary: [(text: String, id: Int32)]) {
        var ids: [ArraySlice<UInt8>: Int32] = [:]
        ids.reserveCapacity(vocabulary.count)
        for (text, id) in vocabulary { ids[Array(text.utf8)[...]] = id }
        self.ids = ids
    }

    subscript(text: String) -> Int32? { ids[Array(text.utf8)[...]] }

    subscript(text: some Sequence<UInt8>) -> Int32? { ids[Array(text)[...]] }

    /// The tokens by the words that they are.
    func words(_ alphabet: BPEModel.Alphabet) -> [ArraySlice<UInt8>: Int32] {
        guard alphabet == .bytes else { return ids }
        var words: [ArraySlice<UInt8>: Int32] = [:]
        for (text, id) in ids {
            if let bytes = ByteAlphabet.exactBytes(of: String(decoding: text, as: UTF8.self)) {
                words[bytes[...]] = id
            }
        }
        return words
    }

    /// The rules of merges by ids; what a merge makes lacks the prefix of its right side.
    ///
    /// - Throws: `TokenizerError` if a symbol is not in the vocabulary.
    func resolve(
        _ merges: [(left: String, right: String)], prefix: String = ""
    ) throws(TokenizerError) -> [Merge] {
        var rules: [Merge] = []
        rules.reserveCapacity(merges.count)
        for (index, merge) in merges.enumerated() {
            func id(_ symbol: String) throws(TokenizerError) -> Int32 {
                guard let id = self[symbol] else {
                    throw .unknownMergeSymbol(index: index, symbol: symbol)
                }
                return id
            }
            let joined = Array(merge.left.utf8) + merge.right.utf8.dropFirst(prefix.utf8.count)
            let pair = SymbolPair(left: try id(merge.left), right: try id(merge.right))
            rules.append(
                Merge(pair: pair, result: try id(String(decoding: joined, as: UTF8.self))))
        }
        return rules
    }
}
