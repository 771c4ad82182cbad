/// How interpreters are started here.
struct InterpreterLauncher: Sendable {
    let isolation: Isolation
    private let command: [String]
    private let worker: InterpreterCode
    private let tester: InterpreterCode

    /// - Throws: `SandboxProblem` if Python does not compile what they execute.
    init(
        _ isolation: Isolation, _ python: PythonInterpreter, _ limits: SandboxLimits
    ) throws(SandboxProblem) {
        self.isolation = isolation
        switch isolation {
        case .bubblewrap(let bubblewrap):
            command = bubblewrap.command(
                python.command(InterpreterCode.loader, limits.arguments),
                fileBytes: limits.fileBytes)
        case .none:
            // What bubblewrap does else.
            command = python.command(
                InterpreterCode.loader, ["end-with-parent"] + limits.arguments)
        }
        worker = try InterpreterCode(.worker, python)
        tester = try InterpreterCode(.tester, python)
    }

    /// The command that starts an interpreter, and what it executes.
    func start(of source: InterpreterSource) -> (command: [String], code: InterpreterCode) {
        switch source {
        case .worker: (command, worker)
        case .tester: (command, tester)
        }
    }
}
