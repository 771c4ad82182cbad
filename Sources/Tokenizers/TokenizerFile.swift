/// The parts of a Hugging Face `tokenizer.json` that decide what a tokenizer does.
///
/// `truncation` and `padding` are not among them: transformers switches both off where it encodes
/// a text without asking for them.
struct TokenizerFile: Codable {
    var version: String? = "1.0"
    var addedTokens: [AddedToken]
    var normalizer: Component?
    var preTokenizer: Component?
    var postProcessor: PostProcessor?
    var decoder: Component?
    var model: Model

    enum CodingKeys: String, CodingKey {
        case version, normalizer, decoder, model
        case addedTokens = "added_tokens"
        case preTokenizer = "pre_tokenizer"
        case postProcessor = "post_processor"
    }

    /// A token that is recognised whole.
    struct AddedToken: Codable {
        var id: Int
        var content: String
        var singleWord: Bool? = false
        var lstrip: Bool? = false
        var rstrip: Bool? = false
        var normalized: Bool? = false
        var special: Bool? = true

        enum CodingKeys: String, CodingKey {
            case id, content, lstrip, rstrip, normalized, special
            case singleWord = "single_word"
        }
    }

    /// A normalizer, pre-tokenizer or decoder with the options that matter here.
    struct Component: Codable {
        var type: String
        var pretokenizers: [Component]?
        var normalizers: [Component]?
        var individualDigits: Bool?
        var addPrefixSpace: Bool?
        var trimOffsets: Bool?
        var useRegex: Bool?

        enum CodingKeys: String, CodingKey {
            case type, pretokenizers, normalizers
            case individualDigits = "individual_digits"
            case addPrefixSpace = "add_prefix_space"
            case trimOffsets = "trim_offsets"
            case useRegex = "use_regex"
        }
    }

    /// The vocabulary and merges of byte-pair encoding.
    struct Model: Codable {
        var type: String? = "BPE"
        var dropout: Double?
        var unknownToken: String?
        var subwordPrefix: String?
        var wordSuffix: String?
        var byteFallback: Bool? = false
        var ignoreMerges: Bool? = false
        var vocab: [String: Int]
        var merges: MergeList

        enum CodingKeys: String, CodingKey {
            case type, dropout, vocab, merges
            case unknownToken = "unk_token"
            case subwordPrefix = "continuing_subword_prefix"
            case wordSuffix = "end_of_word_suffix"
            case byteFallback = "byte_fallback"
            case ignoreMerges = "ignore_merges"
        }
    }

    /// Merges, written as `"a b"` or, since tokenizers 0.20, as `["a", "b"]`.
    enum MergeList: Codable {
        case texts([String])
        case pairs([[String]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else {
                self = .pairs(try container.decode([[String]].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .texts(let texts): try container.encode(texts)
            case .pairs(let pairs): try container.encode(pairs)
            }
        }
    }
}
