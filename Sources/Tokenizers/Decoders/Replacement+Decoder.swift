extension Replacement: DecoderStage {
    func decode(_ tokens: [String]) -> [String] {
        tokens.map { String(decoding: applied(to: Array($0.utf8)), as: UTF8.self) }
    }

    func bytes(within token: [UInt8]) -> [UInt8] { applied(to: token) }
}
