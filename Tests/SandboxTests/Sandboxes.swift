import Sandbox
import Testing

/// Whether the tests can have sandboxes here.
enum Sandboxes {
    /// Skips a suite where bubblewrap cannot make sandboxes, and says why.
    static let needsBubblewrap: ConditionTrait = .enabled(
        if: problem(.bubblewrap) == nil,
        "bubblewrap makes no sandbox here: \(problem(.bubblewrap) ?? "")")

    /// Skips a suite where there is no Python.
    static let needsPython: ConditionTrait = .enabled(
        if: problem(.unsafe) == nil, "programs cannot be run here: \(problem(.unsafe) ?? "")")

    private static func problem(_ mode: ProgramSandbox.Mode) -> String? {
        do throws(SandboxProblem) {
            try ProgramSandbox(mode).close()
            return nil
        } catch {
            return "\(error)"
        }
    }
}

/// Python source by lines.
func lines(_ lines: String...) -> String { lines.joined(separator: "\n") }
