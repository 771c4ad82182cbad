/// Makes the `tokenizer.json` of a tokenizer that comes from elsewhere: trained here, or from a GGUF
/// file.
enum TokenizerDeclaration {
    private typealias Members = [(key: String, value: JSONValue)]

    /// A stage of this type.
    static func stage(_ type: String, _ options: (key: String, value: JSONValue)...) -> JSONValue {
        .object([("type", .string(type))] + options)
    }

    static let byteLevel = stage(
        "ByteLevel", ("add_prefix_space", .bool(false)), ("trim_offsets", .bool(true)),
        ("use_regex", .bool(true)))

    /// The pre-tokenizer of words that an expression cuts, for a vocabulary of bytes.
    static func words(_ expression: String) -> JSONValue {
        stage(
            "Sequence",
            (
                "pretokenizers",
                .array([
                    stage(
                        "Split", ("pattern", .object([("Regex", .string(expression))])),
                        ("behavior", .string("Isolated")), ("invert", .bool(false))),
                    stage(
                        "ByteLevel", ("add_prefix_space", .bool(false)),
                        ("trim_offsets", .bool(true)), ("use_regex", .bool(false))),
                ])
            ))
    }

    static func file(
        added: [AddedToken], model: JSONValue, decoder: JSONValue,
        preTokenizer: JSONValue? = nil, normalizer: JSONValue? = nil,
        postProcessor: JSONValue? = nil
    ) -> JSONValue {
        let members: [(key: String, value: JSONValue?)] = [
            ("added_tokens", .array(added.sorted { $0.id < $1.id }.map(token))), ("model", model),
            ("decoder", decoder), ("normalizer", normalizer), ("post_processor", postProcessor),
            ("pre_tokenizer", preTokenizer), ("version", .string("1.0")),
        ]
        return .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    private static func token(_ token: AddedToken) -> JSONValue {
        .object([
            ("content", .string(token.text)), ("id", .integer(Int(token.id))),
            ("lstrip", .bool(token.stripsLeft)), ("rstrip", .bool(token.stripsRight)),
            ("normalized", .bool(token.isNormalized)), ("single_word", .bool(token.isSingleWord)),
            ("special", .bool(token.isSpecial)),
        ])
    }

    /// A model of byte-pair encoding.
    static func model(
        _ vocabulary: [String], _ merges: [(left: String, right: String)],
        _ options: [(key: String, value: JSONValue)] = []
    ) -> JSONValue {
        let separated = merges.map { JSONValue.string("\($0.left) \($0.right)") }
        let tokens = vocabulary.enumerated().map { (key: $1, value: JSONValue.integer($0)) }
        let usual: Members = [
            ("type", .string("BPE")), ("byte_fallback", .bool(false)),
            ("ignore_merges", .bool(false)), ("merges", .array(separated)),
            ("vocab", .object(tokens)),
        ]
        return .object(
            usual.filter { member in !options.contains { $0.key == member.key } } + options)
    }

    /// The post-processor that puts tokens around every text; nil if there are none.
    static func template(_ edges: TextEdges, _ vocabulary: [String]) -> JSONValue? {
        let marks = (edges.prefix + edges.suffix).filter { vocabulary.indices.contains(Int($0)) }
        guard !marks.isEmpty else { return nil }
        func part(_ kind: String, _ name: String) -> JSONValue {
            .object([(kind, .object([("id", .string(name)), ("type_id", .integer(0))]))])
        }
        func pieces(_ ids: [Int32]) -> [JSONValue] {
            ids.filter(marks.contains).map { part("SpecialToken", vocabulary[Int($0)]) }
        }
        func whole(_ texts: [String]) -> JSONValue {
            .array(pieces(edges.prefix) + texts.map { part("Sequence", $0) } + pieces(edges.suffix))
        }
        let tokens = Set(marks).sorted().map { id in
            (key: vocabulary[Int(id)], value: special(id, vocabulary[Int(id)]))
        }
        return stage(
            "TemplateProcessing", ("single", whole(["A"])), ("pair", whole(["A", "B"])),
            ("special_tokens", .object(tokens)))
    }

    private static func special(_ id: Int32, _ text: String) -> JSONValue {
        .object([
            ("id", .string(text)), ("ids", .array([.integer(Int(id))])),
            ("tokens", .array([.string(text)])),
        ])
    }
}

extension Tokenizer {
    /// A tokenizer that is declared here, not in a file.
    ///
    /// - Throws: `TokenizerError` if its parts do not fit each other.
    init(declared value: JSONValue, edges: TextEdges) throws(TokenizerError) {
        let file = try TokenizerFile(value)
        try self.init(
            file, vocabulary: try file.vocabulary(), addedTokens: file.addedTokens, edges: edges,
            source: .declaration(value))
    }

    /// A byte-level tokenizer of these parts.
    static func byteLevel(
        _ vocabulary: [String], _ merges: [(left: String, right: String)], added: [AddedToken],
        preTokenizer: JSONValue, edges: TextEdges
    ) throws(TokenizerError) -> Tokenizer {
        try Tokenizer(
            declared: TokenizerDeclaration.file(
                added: added, model: TokenizerDeclaration.model(vocabulary, merges),
                decoder: TokenizerDeclaration.byteLevel, preTokenizer: preTokenizer,
                postProcessor: TokenizerDeclaration.template(edges, vocabulary)), edges: edges)
    }
}
