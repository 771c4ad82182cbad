import Datasets
import Tokenizers

/// A tokenizer for tests: a word with the space before it is one token, as in GPT-2.
struct WordEncoder: TextEncoder {
    var edges = TextEdges()
    /// A word that the vocabulary lacks, however often it is repeated.
    var unknown: Character?

    func encode(_ text: String) -> [Int32] {
        let known = text.filter { $0 != unknown }
        return known.matches(of: #/ ?[^\s]+|\s/#).map { Self.id(String($0.0)) }
    }

    /// A number that stands for `word`.
    static func id(_ word: String) -> Int32 {
        let hash = word.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) }
        return Int32(hash & 0xFFFFFF)
    }

    func encodeOrdinary(_ text: String) -> [Int32] { encode(text) }
    func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
    func id(ofSpecial text: String) -> Int32? { nil }
}
