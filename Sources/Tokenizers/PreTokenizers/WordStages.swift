/// The pre-tokenizers of a file, and how the words are written that come out of them.
///
/// Where the last one is `ByteLevel`, the model reads bytes, which saves writing each as a character;
/// not if a byte that the vocabulary lacks is more than dropped, or words have prefixes or suffixes.
struct WordStages {
    let preTokenizers: [any PreTokenizerStage]
    let alphabet: BPEModel.Alphabet

    init(_ file: TokenizerFile) {
        guard var last = file.preTokenizers.last as? ByteLevelStage, Self.readsBytes(file.model)
        else {
            preTokenizers = file.preTokenizers
            alphabet = .characters
            return
        }
        last.writesAlphabet = false
        preTokenizers = file.preTokenizers.dropLast() + [last]
        alphabet = .bytes
    }

    private static func readsBytes(_ model: BPEDeclaration) -> Bool {
        guard model.wordPrefix.isEmpty, model.wordSuffix.isEmpty else { return false }
        if model.unknown == nil, !model.fallsBackToBytes { return true }
        let ids = TokenIDs(model.vocabulary.filter { $0.text.unicodeScalars.count == 1 })
        return ByteAlphabet.scalars.allSatisfy { ids[String($0)] != nil }
    }
}
