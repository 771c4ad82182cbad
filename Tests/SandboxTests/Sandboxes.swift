import Foundation
import Sandbox
import Testing

/// The sandboxes that the tests share, if there can be any here.
enum Sandboxes {
    static let bubblewrap = Result { () throws(SandboxProblem) in try ProgramSandbox() }
    static let unsafe = Result { () throws(SandboxProblem) in try ProgramSandbox(.unsafe) }

    /// Skips a suite where bubblewrap cannot make sandboxes, and says why.
    static let needsBubblewrap: ConditionTrait = .enabled(
        if: problem(bubblewrap) == nil,
        "bubblewrap makes no sandbox here: \(problem(bubblewrap) ?? "")")

    /// Skips a suite where there is no Python.
    static let needsPython: ConditionTrait = .enabled(
        if: problem(unsafe) == nil, "programs cannot be run here: \(problem(unsafe) ?? "")")

    private static func problem(_ sandbox: Result<ProgramSandbox, SandboxProblem>) -> String? {
        switch sandbox {
        case .success: nil
        case .failure(let problem): "\(problem)"
        }
    }
}

/// Python source by lines.
func lines(_ lines: String...) -> String { lines.joined(separator: "\n") }
