/// Learns the vocabulary and merges of byte-level BPE from text.
///
/// The most frequent pair of symbols is merged again and again; of equally frequent pairs the
/// one with the lower ids goes first, so that the same text always gives the same tokenizer. Ids
/// are: special tokens in the order given, the 256 bytes in the order of their characters, then
/// one for each merge.
///
/// Source: Sennrich et al. 2016 (arXiv 1508.07909), algorithm 1; the order of ids and ties is
/// that of Hugging Face's `BpeTrainer` with the byte-level alphabet.
package struct BPETrainer: Sendable {
    /// The number of tokens to stop at, special tokens and bytes included.
    package var vocabularySize: Int
    /// The tokens to recognise whole; where training text holds them they are left out.
    package var specialTokens: [String]
    /// The least number of occurrences of a pair that is merged.
    package var minimumFrequency: Int
    /// How text is cut into words.
    package var preTokenizer: PreTokenizer
    /// Which of `specialTokens` stands before a text.
    package var beginningOfText: String?
    /// Which of `specialTokens` ends a text.
    package var endOfText: String?

    /// A trainer with these settings.
    package init(
        vocabularySize: Int, specialTokens: [String] = [], minimumFrequency: Int = 2,
        preTokenizer: PreTokenizer = .gpt2, beginningOfText: String? = nil, endOfText: String? = nil
    ) {
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.minimumFrequency = minimumFrequency
        self.preTokenizer = preTokenizer
        self.beginningOfText = beginningOfText
        self.endOfText = endOfText
    }

    /// The tokenizer learned from `texts`; smaller than asked for if pairs run out.
    ///
    /// - Precondition: special tokens differ, and the tokens at the edges of a text are among them.
    /// - Throws: `TokenizerError.vocabularyTooSmall` if there is no room for bytes and special
    ///   tokens.
    package func train(_ texts: some Sequence<String>) throws(TokenizerError) -> Tokenizer {
        guard vocabularySize >= specialTokens.count + 256 else {
            throw .vocabularyTooSmall(
                requested: vocabularySize, least: specialTokens.count + 256)
        }
        let special = specialTokens.enumerated().map { AddedToken($1, id: Int32($0)) }
        let edges = TextEdges(
            beginning: id(of: beginningOfText, special),
            ends: [id(of: endOfText, special)].compactMap { $0 })
        let alphabet = ByteAlphabet.scalars.sorted().map { String($0) }
        var vocabulary = specialTokens + alphabet
        let corpus = wordCounts(of: texts, special)
        let merges = learn(from: corpus, &vocabulary)
        return try .byteLevel(
            vocabulary, merges, added: special, preTokenizer: preTokenizer.declaration, edges: edges
        )
    }

    private func id(of edge: String?, _ special: [AddedToken]) -> Int32? {
        guard let edge else { return nil }
        let token = special.first { $0.text == edge }
        precondition(token != nil, "\(edge) is not a special token")
        return token?.id
    }

    private func wordCounts(
        of texts: some Sequence<String>, _ special: [AddedToken]
    ) -> [[UInt8]: Int] {
        let matcher = AddedTokenMatcher(special)
        var counts: [[UInt8]: Int] = [:]
        for text in texts {
            let bytes = Array(text.utf8)
            for segment in matcher.segments(of: bytes, bytes.indices) where segment.id == nil {
                for word in preTokenizer.words(in: bytes, segment.range) {
                    counts[Array(bytes[word]), default: 0] += 1
                }
            }
        }
        return counts
    }

    private func learn(
        from corpus: [[UInt8]: Int], _ vocabulary: inout [String]
    ) -> [(left: String, right: String)] {
        var ids = Dictionary(
            vocabulary.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first }
        )
        let symbols = ByteAlphabet.scalars.map { ids[String($0)] ?? 0 }
        var pairs = PairCounts(corpus, symbols: symbols)
        var merges: [(left: String, right: String)] = []
        while vocabulary.count < vocabularySize {
            guard let pair = pairs.mostFrequent(atLeast: minimumFrequency) else { break }
            let (left, right) = (vocabulary[Int(pair.left)], vocabulary[Int(pair.right)])
            let id = ids[left + right] ?? Int32(vocabulary.count)
            if ids.updateValue(id, forKey: left + right) == nil { vocabulary.append(left + right) }
            merges.append((left, right))
            pairs.merge(pair, into: id)
        }
        return merges
    }
}
