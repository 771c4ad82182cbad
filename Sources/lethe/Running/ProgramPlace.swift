import Evaluation
import Sandbox

/// Where programs that a model writes are run.
struct ProgramPlace: Sendable {
    /// Whether they are run without a sandbox.
    var isUnsafe = false

    /// The way around a sandbox, for those who have none.
    static let unsafeAdvice = "or run them unprotected, as yourself, with --unsafe-run-code"

    /// The place; or why there is none.
    func open() -> AnswerWriting.Programs {
        do {
            return .sandbox(try ProgramSandbox(isUnsafe ? .unsafe : .bubblewrap))
        } catch {
            return .refused("\(error); \(Self.unsafeAdvice)")
        }
    }
}
