/// The model of byte-pair encoding as a file declares it.
struct BPEDeclaration: Sendable {
    /// The tokens by id, without those that are only added; nil where an added token stands.
    var vocabulary: [(text: String, id: Int32)]
    var merges: [(left: String, right: String)]
    /// What stands for characters that the vocabulary lacks; without it they are dropped.
    var unknown: String?
    /// Whether unknown characters side by side become one token.
    var fusesUnknown = false
    /// Whether a character that the vocabulary lacks is written as its bytes, `<0x00>` to `<0xFF>`.
    var fallsBackToBytes = false
    /// Whether a word that is a token is that token, whatever merges would make of it.
    var ignoresMerges = false
    /// What tokens within a word begin with.
    var wordPrefix = ""
    /// What the last token of a word ends with.
    var wordSuffix = ""

    init(vocabulary: [(text: String, id: Int32)], merges: [(left: String, right: String)]) {
        self.vocabulary = vocabulary
        self.merges = merges
    }

    /// - Throws: `TokenizerError` for another model than BPE, and for what is not done.
    init(_ model: Declaration) throws(TokenizerError) {
        guard try model.text("type") ?? "BPE" == "BPE" else {
            throw model.unknownType("model", "BPE")
        }
        try model.finish(
            "dropout", "unk_token", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges",
            "continuing_subword_prefix", "end_of_word_suffix")
        if let dropout = try model.number("dropout"), dropout != 0 {
            throw .unsupported(component: "dropout", found: "\(dropout)", supported: "no dropout")
        }
        vocabulary = try Self.vocabulary(model)
        merges = try Self.merges(model)
        unknown = try model.text("unk_token")
        fusesUnknown = try model.bool("fuse_unk") ?? false
        fallsBackToBytes = try model.bool("byte_fallback") ?? false
        ignoresMerges = try model.bool("ignore_merges") ?? false
        wordPrefix = try model.text("continuing_subword_prefix") ?? ""
        wordSuffix = try model.text("end_of_word_suffix") ?? ""
    }

    private static func vocabulary(
        _ model: Declaration
    ) throws(TokenizerError) -> [(text: String, id: Int32)] {
        guard let members = try model.required(model["vocab"], "vocab").object else {
            throw .malformed(place: model.at("vocab"), found: "a list", expected: "an object")
        }
        var tokens: [(text: String, id: Int32)] = []
        tokens.reserveCapacity(members.count)
        for (text, value) in members {
            guard let id = value.integer else {
                throw .malformed(place: model.at("vocab"), found: value.summary, expected: "an id")
            }
            tokens.append((text, Int32(clamping: id)))
        }
        return tokens
    }

    private static func merges(
        _ model: Declaration
    ) throws(TokenizerError) -> [(left: String, right: String)] {
        var merges: [(left: String, right: String)] = []
        for (index, value) in try model.required(model.list("merges"), "merges").enumerated() {
            if let text = value.string {
                merges.append(try Tokenizer.split(text, index))
            } else if let pair = value.array, pair.count == 2, let left = pair[0].string,
                let right = pair[1].string
            {
                merges.append((left, right))
            } else {
                let parts = (value.array ?? []).compactMap(\.string)
                throw .malformedMerge(index: index, text: parts.joined(separator: " "))
            }
        }
        return merges
    }
}
