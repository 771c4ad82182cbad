import Verdicts

/// Two arms with what is said of them.
struct JudgedPair: Sendable, Equatable {
    let pair: PairVerdict
    let sentence: String

    /// The surest first; of equally sure ones the largest gap first.
    static func ordered(_ pairs: [JudgedPair]) -> [JudgedPair] {
        pairs.sorted { ($0.pair.word.doubt, -$0.size) < ($1.pair.word.doubt, -$1.size) }
    }

    private var size: Double { abs(pair.gap?.mean ?? 0) }
}

extension VerdictWord {
    /// How little is sure; 0 for what is decided.
    fileprivate var doubt: Int {
        switch self {
        case .firstForgetsLess, .secondForgetsLess: 0
        case .firstOnly, .secondOnly: 1
        case .tie: 2
        case .undecidedBeyondSeeds: 3
        case .undecided: 4
        case .unresolved, .neitherLearns, .notPaired: 5
        }
    }

    /// In place of a gap, where there is none.
    var text: String {
        switch self {
        case .firstForgetsLess, .secondForgetsLess: "forgets less"
        case .tie: "tie"
        case .undecided, .undecidedBeyondSeeds: "undecided"
        case .firstOnly: "only the first learns so much"
        case .secondOnly: "only the second learns so much"
        case .neitherLearns: "neither learns"
        case .unresolved: "unresolved: evaluate earlier"
        case .notPaired: "no seed in common"
        }
    }
}
