package import Tokenizers

/// What the data pipeline needs of a tokenizer.
package protocol TextEncoder: Sendable {
    /// The ids of `text`, with special tokens recognised where their text occurs.
    func encode(_ text: String) -> [Int32]
    /// The ids of `text`, with special tokens read as ordinary characters.
    func encodeOrdinary(_ text: String) -> [Int32]
    /// The same for a text that continues one whose last token is `last`: what the tokenizer puts
    /// before a text, such as the space of SentencePiece, is not put into it.
    func encode(_ text: String, after last: Int32?) -> [Int32]
    func encodeOrdinary(_ text: String, after last: Int32?) -> [Int32]
    /// The exact bytes of `ids`; they need not be whole characters.
    func decodeBytes(_ ids: [Int32]) -> [UInt8]
    /// The tokens at the edges of a text; no encoding adds them.
    var edges: TextEdges { get }
    /// The id of the special token spelled `text`, if there is one.
    func id(ofSpecial text: String) -> Int32?
    /// The texts of all special tokens; none, unless an encoder says otherwise.
    var specialTexts: [String] { get }
}

extension TextEncoder {
    package func encode(_ text: String, after last: Int32?) -> [Int32] { encode(text) }

    package func encodeOrdinary(_ text: String, after last: Int32?) -> [Int32] {
        encodeOrdinary(text)
    }

    package var specialTexts: [String] { [] }

    /// The text of a token; nil without one.
    func text(of id: Int32?) -> String? {
        id.map { String(decoding: decodeBytes([$0]), as: UTF8.self) }
    }
}
