/// Reads characters of the byte alphabet as bytes.
struct ByteLevelDecoder: DecoderStage {
    func decode(_ tokens: [String]) -> [String] {
        [String(decoding: tokens.flatMap { ByteAlphabet.bytes(of: $0) }, as: UTF8.self)]
    }

    func bytes(within token: [UInt8]) -> [UInt8] {
        ByteAlphabet.bytes(of: String(decoding: token, as: UTF8.self))
    }
}
