package import RunEvents
import Verdicts

/// What the screen knows of a verdict on the runs that it shows.
package enum VerdictReading: Sendable, Equatable {
    /// None has been made yet.
    case waiting
    case made(ToldVerdict)
    /// There can be none, and why.
    case impossible(String)

    /// Makes the verdict, which for a large grid takes longer than a frame.
    package init(_ runs: [RunState], _ question: VerdictQuestion) {
        if let why = RunDifferences.keepingApart(runs) {
            self = .impossible("no verdict over these runs: " + why)
            return
        }
        do {
            let input = try VerdictInput(runs, axes: question.axes)
            let verdict = try Verdict(input, settings: question.settings)
            self = .made(ToldVerdict(verdict, answering: question))
        } catch {
            self = .impossible("\(error)")
        }
    }

    /// The verdict with its words, if there is one.
    var told: ToldVerdict? {
        if case .made(let told) = self { told } else { nil }
    }

    /// The verdict alone.
    var verdict: Verdict? { told?.verdict }
}
