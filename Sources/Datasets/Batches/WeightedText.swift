/// The text of a token with the token's weight in the loss, to show a person what is learned.
package struct WeightedText: Sendable, Equatable {
    package let text: String
    package let weight: Float

    package init(text: String, weight: Float) {
        self.text = text
        self.weight = weight
    }
}

extension TokenizedExample {
    /// The example token by token; the tokens that make up one character come together.
    package func weightedTexts(_ encoder: some TextEncoder) -> [WeightedText] {
        var texts: [WeightedText] = []
        var start = 0
        while start < ids.count {
            let end = endOfCharacter(from: start, encoder)
            let text = String(decoding: encoder.decodeBytes(Array(ids[start..<end])), as: UTF8.self)
            texts.append(WeightedText(text: text, weight: weights[start]))
            start = end
        }
        return texts
    }

    /// One past the fewest ids from `start` that make whole characters, if at most 4 ids do.
    private func endOfCharacter(from start: Int, _ encoder: some TextEncoder) -> Int {
        let ends = start + 1...min(start + 4, ids.count)
        let whole = ends.first { end in
            String(validating: encoder.decodeBytes(Array(ids[start..<end])), as: UTF8.self) != nil
        }
        return whole ?? start + 1
    }
}
