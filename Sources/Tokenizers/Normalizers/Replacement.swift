/// Puts a text in the place of everything that a pattern matches.
struct Replacement: Normalizer {
    let pattern: TextPattern
    let content: [UInt8]

    init(pattern: TextPattern, content: [UInt8]) {
        self.pattern = pattern
        self.content = content
    }

    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish("pattern", "content")
        let content = try declaration.required(declaration.text("content"), "content")
        self.init(pattern: try TextPattern(declaration), content: Array(content.utf8))
    }

    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        text = applied(to: text)
    }

    func applied(to text: [UInt8]) -> [UInt8] {
        let matches = pattern.matches(in: text, text.indices)
        guard !matches.isEmpty else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + matches.count * content.count)
        var end = 0
        for match in matches {
            result += text[end..<match.lowerBound]
            result += content
            end = match.upperBound
        }
        return result + text[end...]
    }
}
