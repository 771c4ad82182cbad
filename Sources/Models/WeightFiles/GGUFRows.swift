/// In which order the rows of queries and keys are in GGUF files, where it is not that of Hugging
/// Face's.
enum GGUFRows: Sendable {
    case inOrder
    /// Queries and keys for rotation by neighbouring channels: row 2i + j of a head is row
    /// j · headSize / 2 + i of Hugging Face's (llama.cpp, `LlamaModel.permute`).
    case interleaved
    /// One projection with all queries first, then all keys, then all values, that is put head after
    /// head in Hugging Face's (llama.cpp, `GPTNeoXModel.modify_tensors`).
    case byPart

    /// A tensor whose rows are in another order.
    struct Order: Sendable {
        let heads: Int
        /// Rows of a head.
        let size: Int
        /// Parts that a head has: queries, keys and values, or one.
        let parts: Int

        /// Where a row of Hugging Face's stands in the file.
        func source(of row: Int) -> Int {
            let (head, within) = row.quotientAndRemainder(dividingBy: parts * size)
            guard parts == 1 else {
                let (part, channel) = within.quotientAndRemainder(dividingBy: size)
                return (part * heads + head) * size + channel
            }
            let half = size / 2
            return head * size + 2 * (within % half) + within / half
        }
    }

    /// The parts of a head in a tensor of a role; nil where its rows are in order.
    func parts(_ role: ParameterRole) -> Int? {
        switch (self, role) {
        case (.interleaved, .weight(.q)), (.interleaved, .bias(.q)), (.interleaved, .weight(.k)),
            (.interleaved, .bias(.k)):
            1
        case (.byPart, .weight(.qkv)), (.byPart, .bias(.qkv)): 3
        default: nil
        }
    }
}

extension ParameterRole {
    /// Whether a tensor has rows for each head of the keys, and not of the queries.
    var belongsToKeys: Bool { self == .weight(.k) || self == .bias(.k) }
}
