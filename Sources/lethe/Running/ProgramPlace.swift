import Evaluation
import Sandbox

/// Where programs that a model writes are run.
struct ProgramPlace: Sendable {
    /// Whether they are run without a sandbox.
    var isUnsafe = false

    /// The place; or why there is none.
    func open() -> AnswerWriting.Programs {
        do {
            return .sandbox(try ProgramSandbox(isUnsafe ? .unsafe : .bubblewrap))
        } catch {
            return .refused(
                "\(error); or run them unprotected, as yourself, with --unsafe-run-code")
        }
    }
}
