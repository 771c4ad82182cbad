/// What a model thinks of the options of one multiple-choice item.
package struct OptionScores: Sendable, Equatable {
    /// The summed log-likelihood of each option, in nats.
    package let logLikelihoods: [Double]
    /// The code points of each option.
    package let lengths: [Int]

    package init(logLikelihoods: [Double], lengths: [Int]) {
        precondition(
            logLikelihoods.count == lengths.count,
            "\(logLikelihoods.count) log-likelihoods for \(lengths.count) options")
        self.logLikelihoods = logLikelihoods
        self.lengths = lengths
    }

    /// The option with the highest log-likelihood; of equals the first; nil if one is not a number.
    package var choice: Int? { Self.best(logLikelihoods) }

    /// The option with the highest log-likelihood per character; otherwise as `choice`.
    package var normalisedChoice: Int? {
        Self.best(zip(logLikelihoods, lengths).map { $0 / Double($1) })
    }

    private static func best(_ scores: [Double]) -> Int? {
        if scores.contains(where: \.isNaN) { return nil }
        return scores.indices.max { scores[$0] < scores[$1] || scores[$0] == scores[$1] && $0 > $1 }
    }
}
