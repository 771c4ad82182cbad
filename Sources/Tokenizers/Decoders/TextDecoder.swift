/// The way from tokens' texts back to the text.
struct TextDecoder: Sendable {
    private let stages: [any DecoderStage]

    /// - Parameter stages: nil where the file declares none: tokens are joined by spaces.
    init(_ stages: [any DecoderStage]?) {
        var (all, isFused): ([any DecoderStage], Bool) = ([], false)
        for stage in stages ?? [SpaceJoining()] {
            if var strip = stage as? StripDecoder {
                strip.seesWhole = isFused
                all.append(strip)
            } else {
                all.append(stage)
            }
            isFused = isFused || stage is Fuse
        }
        self.stages = all
    }

    /// The text of the tokens of a whole text.
    func decode(_ tokens: [String]) -> String {
        stages.reduce(tokens) { $1.decode($0) }.joined()
    }

    /// The bytes of a token that stands within a text.
    func bytes(within token: String) -> [UInt8] {
        stages.reduce(Array(token.utf8)) { $1.bytes(within: $0) }
    }
}

/// What happens to tokens where no decoder is declared.
private struct SpaceJoining: DecoderStage {
    func decode(_ tokens: [String]) -> [String] { [tokens.joined(separator: " ")] }

    func bytes(within token: [UInt8]) -> [UInt8] { [UInt8(ascii: " ")] + token }
}
