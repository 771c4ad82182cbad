import Verdicts

/// What the screen knows of a verdict on the runs that it shows.
package enum VerdictReading: Sendable, Equatable {
    /// None has been made yet.
    case waiting
    case made(ToldVerdict)
    /// There can be none, and why.
    case impossible(String)

    /// The verdict with its words, if there is one.
    var told: ToldVerdict? {
        if case .made(let told) = self { told } else { nil }
    }

    /// The verdict alone.
    var verdict: Verdict? { told?.verdict }
}
