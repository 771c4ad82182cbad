/// Joins all tokens; what comes after it sees the whole text.
struct Fuse: DecoderStage {
    func decode(_ tokens: [String]) -> [String] { [tokens.joined()] }

    func bytes(within token: [UInt8]) -> [UInt8] { token }
}
