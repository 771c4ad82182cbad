/// Reads the suffix of a word's last token as a space, but for the last token of the text.
struct SuffixDecoder: DecoderStage {
    let suffix: String

    func decode(_ tokens: [String]) -> [String] {
        tokens.enumerated().map { index, token in
            replaced(token, by: index == tokens.count - 1 ? "" : " ")
        }
    }

    func bytes(within token: [UInt8]) -> [UInt8] {
        Array(replaced(String(decoding: token, as: UTF8.self), by: " ").utf8)
    }

    private func replaced(_ token: String, by text: String) -> String {
        let change = Replacement(pattern: .text(Array(suffix.utf8)), content: Array(text.utf8))
        return String(decoding: change.applied(to: Array(token.utf8)), as: UTF8.self)
    }
}
