/// What is to be continued.
package struct GenerationRequest: Sendable, Equatable {
    /// At least one token.
    package var prompt: [Int32]
    /// The most new tokens.
    package var maxTokens: Int
    /// Where the sequence's own random numbers begin: with the same seed it draws the same tokens,
    /// whatever else is generated with it.
    package var seed: UInt64

    package init(prompt: [Int32], maxTokens: Int, seed: UInt64 = 0) {
        self.prompt = prompt
        self.maxTokens = maxTokens
        self.seed = seed
    }
}

/// How far a generation has come.
package struct GenerationProgress: Sendable, Equatable {
    /// Requests that are done, of how many.
    package var done: Int
    package var total: Int
    /// New tokens so far, those of requests that are not done included.
    package var tokens: Int
}
