/// How large batches are, how many steps there are and when they are evaluated, by the size of the data
/// and of the model.
package struct DraftSteps: Equatable, Sendable {
    package let batchSize: Int
    package let steps: Int
    package let warmup: Int
    package let every: Int
    /// Items of each file that are measured.
    package let limit: Int
    /// How often every example is seen.
    package let passes: Double

    /// Passes over the data that are wished for.
    static let wishedPasses = 3
    /// Steps that make a curve.
    private static let leastSteps = 20
    private static let goodSteps = 60
    /// Models above this size are large: a step takes seconds.
    private static let largeParameters = 10_000_000

    /// - Parameters:
    ///   - examples: How many there are to train on.
    ///   - parameters: The model's size.
    ///   - mostSequences: The most of a batch that fit the machine.
    package init(examples: Int, parameters: Int, mostSequences: Int) {
        let isLarge = parameters > Self.largeParameters
        let seen = examples * Self.wishedPasses
        let sizes = isLarge ? [4] : [16, 8, 4]
        let good = sizes.first { seen / $0 >= Self.goodSteps } ?? 4
        batchSize = max(1, min(good, mostSequences))
        let wanted = (seen + batchSize - 1) / batchSize
        steps = min(max(wanted, Self.leastSteps), isLarge ? 80 : 300)
        warmup = max(1, steps / 20)
        every = max(1, steps / 5)
        limit = isLarge ? 32 : 100
        passes = Double(steps * batchSize) / Double(max(1, examples))
    }

    /// Whether it stops before the wished passes.
    package var isShortened: Bool { passes < Double(Self.wishedPasses) * 0.9 }
}
