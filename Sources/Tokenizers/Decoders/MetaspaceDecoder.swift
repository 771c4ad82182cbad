/// Reads the visible character as a space, and leaves it out in the first token if the pre-tokenizer
/// put it there.
struct MetaspaceDecoder: DecoderStage {
    let replacement: [UInt8]
    let stripsFirst: Bool

    func decode(_ tokens: [String]) -> [String] {
        tokens.enumerated().map { index, token in
            let stands: [UInt8] = index == 0 && stripsFirst ? [] : [0x20]
            return String(decoding: replaced(Array(token.utf8), by: stands), as: UTF8.self)
        }
    }

    func bytes(within token: [UInt8]) -> [UInt8] { replaced(token, by: [0x20]) }

    private func replaced(_ token: [UInt8], by text: [UInt8]) -> [UInt8] {
        Replacement(pattern: .text(replacement), content: text).applied(to: token)
    }
}
