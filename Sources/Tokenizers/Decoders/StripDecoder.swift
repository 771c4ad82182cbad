/// Leaves out a character at the edges of every token; after ``Fuse`` at those of the text.
struct StripDecoder: DecoderStage {
    let content: Unicode.Scalar
    /// How often at most at the start.
    let start: Int
    let stop: Int
    /// Whether it sees the whole text, not tokens.
    var seesWhole = false

    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish("content", "start", "stop")
        let text = try declaration.required(declaration.text("content"), "content").unicodeScalars
        guard text.count == 1, let scalar = text.first else {
            throw .malformed(
                place: declaration.at("content"), found: "a text", expected: "one character")
        }
        content = scalar
        start = try declaration.required(declaration.integer("start"), "start")
        stop = try declaration.required(declaration.integer("stop"), "stop")
    }

    func decode(_ tokens: [String]) -> [String] { tokens.map(stripped) }

    func bytes(within token: [UInt8]) -> [UInt8] {
        seesWhole ? token : Array(stripped(String(decoding: token, as: UTF8.self)).utf8)
    }

    private func stripped(_ token: String) -> String {
        var scalars = Array(token.unicodeScalars)[...]
        var left = start
        while left > 0, scalars.first == content {
            scalars.removeFirst()
            left -= 1
        }
        left = stop
        while left > 0, scalars.last == content {
            scalars.removeLast()
            left -= 1
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
