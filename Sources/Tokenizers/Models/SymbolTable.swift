/// The ids of the symbols that words are made of before any merge.
struct SymbolTable: Sendable {
    /// By byte: in the byte alphabet all there are, else the ASCII characters.
    private let ids: [Int32?]
    private let characters: [ArraySlice<UInt8>: Int32]
    /// The tokens `<0x00>` to `<0xFF>`.
    private let byteTokens: [Int32?]
    private let prefix: [UInt8]
    private let suffix: [UInt8]

    init(_ ids: TokenIDs, _ declaration: BPEDeclaration, _ alphabet: BPEModel.Alphabet) {
        prefix = Array(declaration.wordPrefix.utf8)
        suffix = Array(declaration.wordSuffix.utf8)
        byteTokens = (UInt8.min...UInt8.max).map { ids[ByteFallback.text(of: $0)] }
        if alphabet == .bytes {
            self.ids = ByteAlphabet.scalars.map { ids[String($0)] }
            characters = [:]
        } else {
            self.ids = (UInt8.min..<0x80).map { ids[CollectionOfOne($0)] }
            characters = Self.characters(declaration, affixes: prefix.count + suffix.count)
        }
    }

    private static func characters(
        _ declaration: BPEDeclaration, affixes: Int
    ) -> [ArraySlice<UInt8>: Int32] {
        var characters: [ArraySlice<UInt8>: Int32] = [:]
        for (text, id) in declaration.vocabulary where text.utf8.count <= 4 + affixes {
            characters[Array(text.utf8)[...]] = id
        }
        return characters
    }

    /// The id of a character or byte of a word, or nil if the vocabulary lacks it.
    func id(_ text: ArraySlice<UInt8>, isFirst: Bool, isLast: Bool) -> Int32? {
        let starts = isFirst || prefix.isEmpty
        let ends = !isLast || suffix.isEmpty
        guard starts, ends else {
            return characters[((starts ? [] : prefix) + text + (ends ? [] : suffix))[...]]
        }
        if text.count == 1, let byte = text.first, Int(byte) < ids.count { return ids[Int(byte)] }
        return characters[text]
    }

    /// The tokens of the bytes of a character, if there are all of them.
    func fallback(_ text: ArraySlice<UInt8>) -> [Int32]? {
        let tokens = text.compactMap { byteTokens[Int($0)] }
        return tokens.count == text.count ? tokens : nil
    }
}
