package import Verdicts

/// What the screen knows of a verdict on the runs that it shows.
package enum VerdictReading: Sendable, Equatable {
    /// None has been made yet.
    case waiting
    case made(Verdict)
    /// There can be none, and why.
    case impossible(String)

    /// The verdict, if there is one.
    var verdict: Verdict? {
        if case .made(let verdict) = self { verdict } else { nil }
    }
}
