/// How MoRA brings an input to the width of its square matrix, and the result to the output's.
///
/// Letters: k inputs, d outputs, a matrix M [size, size], n = ⌈k/size⌉ blocks. Where k is no
/// multiple of the size the input is continued with its own first entries, as the authors' code
/// does. The raw values are the words of study files.
package enum MoRAOperator: String, Sendable, CaseIterable {
    /// The first inputs and outputs alone (equations 4 and 5); ΔW has rank ≤ size.
    case truncation
    /// Inputs that lie `size` apart are summed, outputs repeat (equations 6 and 7; the code's
    /// type 1); ΔW has rank ≤ size.
    case sharing
    /// Neighbouring inputs are summed and neighbouring outputs are equal (appendix B; the code's
    /// type 2); ΔW has rank ≤ size.
    case contiguous = "sharing-contiguous"
    /// M is applied to each block of the input (equation 8); ΔW has rank ≤ min(d, k, n·size).
    case decouple
    /// The same on blocks that are rotated by their index (equations 9 to 11), in the pairing of
    /// the code (type 6): entry j with entry j + size/2; ΔW has rank ≤ min(d, k, n·size).
    case rotation

    /// Whether M is applied to several blocks of the input.
    package var usesBlocks: Bool { self == .decouple || self == .rotation }

    /// Blocks of an input that M [size, size] is applied to.
    func blockCount(size: Int, columns: Int) -> Int {
        usesBlocks ? (columns + size - 1) / size : 1
    }
}
