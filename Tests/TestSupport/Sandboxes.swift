internal import Sandbox
package import Testing

/// Whether the tests can have sandboxes here.
package enum Sandboxes {
    /// Skips tests where bubblewrap cannot make sandboxes, and says why.
    package static let needsBubblewrap: ConditionTrait = .enabled(
        if: bubblewrapProblem == nil,
        "bubblewrap makes no sandbox here: \(bubblewrapProblem ?? "")")

    /// Skips tests where there is no Python.
    package static let needsPython: ConditionTrait = .enabled(
        if: pythonProblem == nil, "programs cannot be run here: \(pythonProblem ?? "")")

    private static let bubblewrapProblem = problem(.bubblewrap)
    private static let pythonProblem = problem(.unsafe)

    private static func problem(_ mode: ProgramSandbox.Mode) -> String? {
        do throws(SandboxProblem) {
            try ProgramSandbox(mode).close()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
