/// Byte-level byte-pair encoding: text to token ids and back.
///
/// Any text can be encoded, and decoding gives the same bytes, as long as the vocabulary holds
/// all 256 bytes; a byte that it lacks is dropped, as Hugging Face's `tokenizers` drops it. No
/// token is added at the beginning or the end: what puts whole texts together does that, see
/// ``edges``.
package struct Tokenizer: Sendable {
    /// How text is cut into words.
    package let preTokenizer: PreTokenizer
    /// The tokens that are not made by merges but recognised whole, by id.
    package let addedTokens: [AddedToken]
    /// The tokens at the edges of a text.
    package let edges: TextEdges

    /// The tokens by id: special ones as they are, others in the byte alphabet.
    let vocabulary: [String]
    let table: MergeTable
    private let matcher: AddedTokenMatcher
    private let ordinaryMatcher: AddedTokenMatcher
    private let byteSymbols: [Int32?]
    private let tokenBytes: [[UInt8]]

    /// A tokenizer of its parts.
    ///
    /// - Throws: `TokenizerError` if a merge or a named token is not in the vocabulary.
    init(
        vocabulary: [String], merges: [(left: String, right: String)],
        addedTokens: [AddedToken], preTokenizer: PreTokenizer, edges: TextEdges
    ) throws(TokenizerError) {
        let ids = Dictionary(
            vocabulary.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first }
        )
        self.vocabulary = vocabulary
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        self.edges = edges
        self.preTokenizer = preTokenizer
        table = MergeTable(try Self.resolve(merges, ids))
        matcher = AddedTokenMatcher(addedTokens)
        ordinaryMatcher = AddedTokenMatcher(addedTokens.filter { !$0.isSpecial })
        byteSymbols = ByteAlphabet.scalars.map { ids[String($0)] }
        let added = Set(addedTokens.map(\.id))
        tokenBytes = vocabulary.enumerated().map { id, text in
            added.contains(Int32(id)) ? Array(text.utf8) : ByteAlphabet.bytes(of: text)
        }
        try edges.check(count: vocabulary.count)
    }

    /// The number of tokens; ids run from 0 to one less.
    package var vocabularySize: Int { vocabulary.count }

    /// The tokens of `text`; added tokens written in it are recognised.
    package func encode(_ text: String) -> [Int32] {
        let bytes = Array(text.utf8)
        return encode(bytes, matcher.segments(of: bytes))
    }

    /// The tokens of `text` with special tokens taken as plain text.
    package func encodeOrdinary(_ text: String) -> [Int32] {
        let bytes = Array(text.utf8)
        return encode(bytes, ordinaryMatcher.segments(of: bytes))
    }

    /// The text of `ids`; bytes that are not UTF-8 become U+FFFD, unknown ids nothing.
    package func decode(_ ids: some Sequence<Int32>) -> String {
        String(decoding: decodeBytes(ids), as: UTF8.self)
    }

    /// The exact bytes of `ids`; unknown ids, as of a padded output layer, become nothing.
    package func decodeBytes(_ ids: some Sequence<Int32>) -> [UInt8] {
        var bytes: [UInt8] = []
        for id in ids where tokenBytes.indices.contains(Int(id)) { bytes += tokenBytes[Int(id)] }
        return bytes
    }

    /// The text of one token, for display.
    package func tokenText(_ id: Int32) -> String {
        decode(CollectionOfOne(id))
    }

    /// The id of the added token `text`, or nil if there is none of that name.
    package func id(ofSpecial text: String) -> Int32? {
        addedTokens.first { $0.text == text }?.id
    }

    private func encode(_ bytes: [UInt8], _ segments: [AddedTokenMatcher.Segment]) -> [Int32] {
        var ids: [Int32] = []
        var merger = WordMerger(table)
        // Keyed by bytes: as `String` keys, "é" and "e" with an accent would be the same word.
        var known: [ArraySlice<UInt8>: [Int32]] = [:]
        for segment in segments {
            if let id = segment.id {
                ids.append(id)
                continue
            }
            var scanner = WordScanner(bytes, range: segment.range, preTokenizer: preTokenizer)
            while let range = scanner.next() {
                let word = bytes[range]
                if let tokens = known[word] {
                    ids += tokens
                } else {
                    let tokens = merger.merge(word.compactMap { byteSymbols[Int($0)] })
                    known[word] = tokens
                    ids += tokens
                }
            }
        }
        return ids
    }

    private static func resolve(
        _ merges: [(left: String, right: String)], _ ids: [String: Int32]
    ) throws(TokenizerError) -> [Merge] {
        var rules: [Merge] = []
        rules.reserveCapacity(merges.count)
        for (index, merge) in merges.enumerated() {
            func id(_ symbol: String) throws(TokenizerError) -> Int32 {
                guard let id = ids[symbol] else {
                    throw .unknownMergeSymbol(index: index, symbol: symbol)
                }
                return id
            }
            let pair = SymbolPair(left: try id(merge.left), right: try id(merge.right))
            rules.append(Merge(pair: pair, result: try id(merge.left + merge.right)))
        }
        return rules
    }
}
