/// Byte-pair encoding: the tokens of a word.
///
/// Source: Sennrich et al. 2016 (arXiv 1508.07909); huggingface/tokenizers 0.23, `models/bpe`.
struct BPEModel: Sendable {
    /// How the words that the model reads are written.
    enum Alphabet {
        /// As bytes, whose characters of the ``ByteAlphabet`` the vocabulary has.
        case bytes
        case characters
    }

    let alphabet: Alphabet
    let table: MergeTable
    private let symbols: SymbolTable
    private let words: [ArraySlice<UInt8>: Int32]
    private let unknown: Int32?
    private let fusesUnknown: Bool
    private let fallsBackToBytes: Bool

    /// - Throws: `TokenizerError` if a merge or the unknown token is not in the vocabulary.
    init(_ declaration: BPEDeclaration, _ alphabet: Alphabet) throws(TokenizerError) {
        self.alphabet = alphabet
        let ids = TokenIDs(declaration.vocabulary)
        table = MergeTable(try ids.resolve(declaration.merges, prefix: declaration.wordPrefix))
        symbols = SymbolTable(ids, declaration, alphabet)
        words = declaration.ignoresMerges ? ids.words(alphabet) : [:]
        fusesUnknown = declaration.fusesUnknown
        fallsBackToBytes = declaration.fallsBackToBytes
        unknown = try declaration.unknown.map { text throws(TokenizerError) in
            guard let id = ids[text] else {
                throw .unsupported(
                    component: "unknown token", found: "\(text), which is not in the vocabulary,",
                    supported: "one that is")
            }
            return id
        }
    }

    /// The token that is the whole word, where merges are ignored for such words.
    func whole(_ word: ArraySlice<UInt8>) -> Int32? { words.isEmpty ? nil : words[word] }

    /// The symbols of a word before any merge.
    func symbols(of word: ArraySlice<UInt8>) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(word.count)
        var isUnknown = false
        var position = word.startIndex
        while position < word.endIndex {
            let length = alphabet == .bytes ? 1 : UTF8Text.length(ofLead: word[position])
            let end = position + length
            if let id = symbols.id(
                word[position..<end], isFirst: position == word.startIndex,
                isLast: end == word.endIndex)
            {
                result.append(id)
                isUnknown = false
            } else if fallsBackToBytes, let bytes = symbols.fallback(word[position..<end]) {
                result += bytes
                isUnknown = false
            } else if let unknown {
                if !(isUnknown && fusesUnknown) { result.append(unknown) }
                isUnknown = true
            }
            position = end
        }
        return result
    }
}
