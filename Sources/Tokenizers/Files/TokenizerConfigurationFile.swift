/// The entries of a Hugging Face `tokenizer_config.json` that decide about ids.
struct TokenizerConfigurationFile: Codable {
    var tokenizerClass: String? = "PreTrainedTokenizerFast"
    var beginning: Name?
    var end: Name?
    var addsBeginning: Bool?
    var addsEnd: Bool?
    var splitsSpecialTokens: Bool?
    var addsPrefixSpace: Bool?
    /// The tokens that `tokenizer.json` should have, too, by id.
    var addedTokens: [String: Name]?

    enum CodingKeys: String, CodingKey {
        case tokenizerClass = "tokenizer_class"
        case beginning = "bos_token"
        case end = "eos_token"
        case addsBeginning = "add_bos_token"
        case addsEnd = "add_eos_token"
        case splitsSpecialTokens = "split_special_tokens"
        case addsPrefixSpace = "add_prefix_space"
        case addedTokens = "added_tokens_decoder"
    }

    /// A token's text, written plainly or as an object with a `content`.
    struct Name: Codable {
        var text: String

        private struct Object: Decodable {
            var content: String
        }

        init(text: String) {
            self.text = text
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try (try? container.decode(String.self)) ?? container.decode(Object.self).content
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }
}

/// The entry of a `generation_config.json` or `config.json` that says what ends a text.
struct EndTokenFile: Codable {
    var ids: [Int]

    enum CodingKeys: String, CodingKey {
        case ids = "eos_token_id"
    }

    init(ids: [Int]) {
        self.ids = ids
    }

    /// Reads a number, a list of numbers, null, or nothing.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let id = try? container.decodeIfPresent(Int.self, forKey: .ids) {
            ids = [id]
        } else {
            ids = try container.decodeIfPresent([Int].self, forKey: .ids) ?? []
        }
    }
}
