/// Puts a text before every piece that is not empty (`Prepend`), unless ordinary text comes before it.
struct Beginning: Normalizer {
    let text: [UInt8]

    func normalize(_ piece: inout [UInt8], at position: TextPosition) {
        if !piece.isEmpty, position != .withinText { piece.insert(contentsOf: text, at: 0) }
    }
}
