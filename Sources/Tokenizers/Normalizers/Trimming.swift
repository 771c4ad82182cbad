/// Leaves out white space at the edges of a piece (`Strip`).
struct Trimming: Normalizer {
    let start: Bool
    let end: Bool

    func normalize(_ text: inout [UInt8], at position: TextPosition) {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        var kept = scalars[...]
        if start { kept = kept.drop { $0.properties.isWhitespace } }
        if end {
            while let last = kept.last, last.properties.isWhitespace { kept.removeLast() }
        }
        if kept.count < scalars.count { text = kept.flatMap { Array(String($0).utf8) } }
    }
}
