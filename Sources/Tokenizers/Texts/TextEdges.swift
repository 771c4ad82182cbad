/// The tokens that stand at the edges of a text.
package struct TextEdges: Equatable, Sendable {
    /// What every text begins with, where the tokenizer's files ask for it.
    package var prefix: [Int32]
    /// What every whole text ends with, where the tokenizer's files ask for it; a text that is to be
    /// continued does not.
    package var suffix: [Int32]
    /// The token that means the beginning of a text (`bos_token`), whether texts begin with it or not.
    package var beginning: Int32?
    /// The tokens that end a text; the first of them is the one that is put there.
    package var ends: [Int32]

    package init(
        prefix: [Int32] = [], suffix: [Int32] = [], beginning: Int32? = nil, ends: [Int32] = []
    ) {
        self.prefix = prefix
        self.suffix = suffix
        self.beginning = beginning
        self.ends = ends
    }

    /// The tokens with these ids of a file, which may be any numbers; what fits no token is refused by
    /// the tokenizer.
    package init(prefixIDs: [Int], beginningID: Int?, endIDs: [Int]) {
        self.init(
            prefix: prefixIDs.map { Int32(clamping: $0) },
            beginning: beginningID.map { Int32(clamping: $0) },
            ends: endIDs.map { Int32(clamping: $0) })
    }

    /// Whether every text begins with the token that means that.
    package var beginsTexts: Bool { prefix == [beginning].compactMap { $0 } && !prefix.isEmpty }

    /// The token that is put at the end of a text, if there is one.
    package var end: Int32? { ends.first }

    /// The ids of a text with what every text begins with, once.
    package func opened(_ ids: [Int32]) -> [Int32] {
        ids.starts(with: prefix) ? ids : prefix + ids
    }

    /// The ids of a whole text between what every text begins and ends with, whatever it holds itself.
    package func marked(_ ids: [Int32]) -> [Int32] { prefix + ids + suffix }

    /// The ids of a document with what it begins and ends with, and one token at least that ends a
    /// text, if there is one.
    package func closed(_ ids: [Int32]) -> [Int32] {
        let whole = opened(ids) + suffix
        guard let end, suffix.last.map({ !ends.contains($0) }) ?? true else { return whole }
        return whole + [end]
    }

    /// - Throws: `TokenizerError.idOutOfRange` for an id that is none of `count` tokens.
    func check(count: Int) throws(TokenizerError) {
        let named =
            prefix.map { ("before every text", $0) }
            + suffix.map { ("after every text", $0) } + ends.map { ("end of text", $0) }
            + [beginning].compactMap { $0 }.map { ("beginning of text", $0) }
        for (name, id) in named where !(0..<count).contains(Int(id)) {
            throw .idOutOfRange(token: name, id: Int(id), count: count)
        }
    }
}
