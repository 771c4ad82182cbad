extension TokenizerFile {
    /// What is done to the ids of a text.
    struct PostProcessor: Codable {
        var type: String
        var processors: [PostProcessor]?
        var single: [Piece]?
        var pair: [Piece]?
        var specialTokens: [String: SpecialToken]?

        enum CodingKeys: String, CodingKey {
            case type, processors, single, pair
            case specialTokens = "special_tokens"
        }

        /// A part of the result: a token by its name, or a text.
        struct Piece: Codable {
            var specialToken: Part?
            var sequence: Part?

            enum CodingKeys: String, CodingKey {
                case specialToken = "SpecialToken"
                case sequence = "Sequence"
            }
        }

        struct Part: Codable {
            var id: String
            var typeID = 0

            enum CodingKeys: String, CodingKey {
                case id
                case typeID = "type_id"
            }
        }

        struct SpecialToken: Codable {
            var id: String
            var ids: [Int]
            var tokens: [String]
        }
    }
}

extension TokenizerFile.PostProcessor {
    /// What is put before every text.
    ///
    /// - Throws: `TokenizerError.unsupported` for a post-processor that does anything else to ids.
    ///   That of type `ByteLevel` moves only the places that are told with them.
    func prefix() throws(TokenizerError) -> [Int] {
        switch type {
        case "ByteLevel": return []
        case "Sequence":
            var ids: [Int] = []
            for processor in processors ?? [] { ids = try processor.prefix() + ids }
            return ids
        case "TemplateProcessing": return try templatePrefix()
        default: throw Self.unsupported(type)
        }
    }

    private func templatePrefix() throws(TokenizerError) -> [Int] {
        let pieces = single ?? []
        guard pieces.last?.sequence?.id == "A" else {
            throw Self.unsupported("TemplateProcessing with marks after a text")
        }
        var ids: [Int] = []
        for piece in pieces.dropLast() {
            guard let name = piece.specialToken?.id else {
                throw Self.unsupported("TemplateProcessing with a text twice")
            }
            guard let token = specialTokens?[name] else {
                throw Self.unsupported("TemplateProcessing with \(name), whose ids it lacks")
            }
            ids += token.ids
        }
        return ids
    }

    private static func unsupported(_ found: String) -> TokenizerError {
        .unsupported(
            component: "post-processor", found: found,
            supported: "none, ByteLevel, or TemplateProcessing that puts marks before a text alone")
    }

    /// The post-processor that puts tokens before every text.
    init(prefix tokens: [(id: Int, text: String)]) {
        let marks = tokens.map { Piece(specialToken: Part(id: $0.text)) }
        type = "TemplateProcessing"
        single = marks + [Piece(sequence: Part(id: "A"))]
        pair = marks + ["A", "B"].map { Piece(sequence: Part(id: $0)) }
        specialTokens = Dictionary(
            tokens.map { ($0.text, SpecialToken(id: $0.text, ids: [$0.id], tokens: [$0.text])) },
            uniquingKeysWith: { first, _ in first })
    }
}
