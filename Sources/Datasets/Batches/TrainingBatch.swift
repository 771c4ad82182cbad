/// Sequences laid end to end without padding, shifted into inputs and targets.
///
/// A sequence of `n` ids gives `n - 1` rows. Row `i` of all three arrays belongs together: given
/// `tokens[i]` and the tokens before it in its sequence, predict `targets[i]`, weighted by
/// `weights[i]`.
package struct TrainingBatch: Sendable, Equatable {
    package let tokens: [Int32]
    package let targets: [Int32]
    package let weights: [Float]
    /// Sequence `s` has the rows `offsets[s] ..< offsets[s + 1]`; the last entry is `tokenCount`.
    package let offsets: [Int]

    package init(_ examples: [TokenizedExample]) {
        var (tokens, targets): ([Int32], [Int32]) = ([], [])
        var weights: [Float] = []
        var offsets = [0]
        for example in examples {
            precondition(example.ids.count > 1, "a sequence needs 2 ids to predict one")
            tokens += example.ids.dropLast()
            targets += example.ids.dropFirst()
            weights += example.weights.dropFirst()
            offsets.append(tokens.count)
        }
        self.tokens = tokens
        self.targets = targets
        self.weights = weights
        self.offsets = offsets
    }

    /// How many rows there are.
    package var tokenCount: Int { tokens.count }
}
