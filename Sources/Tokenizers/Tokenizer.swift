/// Byte-pair encoding: text to token ids and back.
///
/// A text goes through the stages that a file declares: what is recognised whole is cut out
/// (``AddedVocabulary``), which normalizes what lies between; pre-tokenizers cut that into words; the
/// model makes ids of each word. Decoders make text of ids. No token is added at the beginning or the
/// end: what puts whole texts together does that, see ``edges``.
///
/// Source: huggingface/tokenizers 0.23, `TokenizerImpl`.
package struct Tokenizer: Sendable {
    /// The tokens at the edges of a text.
    package let edges: TextEdges

    /// The texts of the tokens by id, as the vocabulary writes them.
    let vocabulary: [String]
    let model: BPEModel
    /// What is saved.
    let source: TokenizerSource
    private let added: AddedVocabulary
    private let preTokenizers: [any PreTokenizerStage]
    private let decoder: TextDecoder
    private let readsBytes: Bool

    /// A tokenizer of what its file declares.
    ///
    /// - Throws: `TokenizerError` if a merge or a named token is not in the vocabulary.
    init(
        _ file: TokenizerFile, vocabulary: [String], addedTokens: [AddedToken], edges: TextEdges,
        source: TokenizerSource
    ) throws(TokenizerError) {
        self.vocabulary = vocabulary
        self.edges = edges
        self.source = source
        readsBytes = file.preTokenizers.last is ByteLevelStage
        let stages = WordStages(file)
        preTokenizers = stages.preTokenizers
        model = try BPEModel(file.model, stages.alphabet)
        added = AddedVocabulary(addedTokens, file.normalizers)
        decoder = TextDecoder(file.decoders)
        try edges.check(count: vocabulary.count)
    }

    /// The number of tokens; ids run from 0 to one less.
    package var vocabularySize: Int { vocabulary.count }

    /// The tokens that are not made by merges but recognised whole, by id.
    package var addedTokens: [AddedToken] { added.tokens }

    /// What kind of tokenizer it is, in a few words.
    package var kind: String { readsBytes ? "byte-level BPE" : "BPE of characters" }

    /// The tokens of `text`; added tokens written in it are recognised.
    package func encode(_ text: String) -> [Int32] { encode(text, after: nil) }

    /// The tokens of `text` with special tokens taken as plain text.
    package func encodeOrdinary(_ text: String) -> [Int32] { encodeOrdinary(text, after: nil) }

    /// The tokens of a text that continues one whose last token is `last`: what the tokenizer puts
    /// before a text is not put into it.
    package func encode(_ text: String, after last: Int32?) -> [Int32] {
        encode(Array(text.utf8), at: position(after: last), special: true)
    }

    /// The same with special tokens taken as plain text.
    package func encodeOrdinary(_ text: String, after last: Int32?) -> [Int32] {
        encode(Array(text.utf8), at: position(after: last), special: false)
    }

    /// The text of `ids`, which are those of a whole text; bytes that are not UTF-8 become U+FFFD,
    /// unknown ids nothing.
    package func decode(_ ids: some Sequence<Int32>) -> String {
        decoder.decode(ids.compactMap(piece))
    }

    /// The exact bytes of `ids`, which stand within a text.
    ///
    /// What a tokenizer puts before a text, such as the space of SentencePiece, is not taken away.
    /// Unknown ids, as of a padded output layer, become nothing.
    package func decodeBytes(_ ids: some Sequence<Int32>) -> [UInt8] {
        ids.compactMap(piece).flatMap { decoder.bytes(within: $0) }
    }

    /// The token as the vocabulary writes it; nil if there is none with this id.
    package func piece(_ id: Int32) -> String? {
        guard vocabulary.indices.contains(Int(id)) else { return nil }
        return added.text(of: id) ?? vocabulary[Int(id)]
    }

    /// The text of one token, for display.
    package func tokenText(_ id: Int32) -> String {
        String(decoding: decodeBytes(CollectionOfOne(id)), as: UTF8.self)
    }

    /// The id of the added token `text`, or nil if there is none of that name.
    package func id(ofSpecial text: String) -> Int32? {
        addedTokens.first { $0.text == text }?.id
    }

    private func position(after last: Int32?) -> TextPosition {
        guard let last else { return .start }
        return added.contains(last) ? .afterToken : .withinText
    }

    private func encode(_ text: [UInt8], at position: TextPosition, special: Bool) -> [Int32] {
        var ids: [Int32] = []
        var words = WordEncoder(model)
        added.parts(of: text, at: position, special: special) { part in
            switch part {
            case .token(let id): ids.append(id)
            case .text(let bytes, let range, let position):
                var pieces = Pieces(bytes, range, at: position)
                for stage in preTokenizers { stage.apply(to: &pieces) }
                for range in pieces.ranges { words.encode(pieces.bytes[range], into: &ids) }
            }
        }
        return ids
    }
}
