import Platform

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
        let command = python.command(InterpreterCode.loader, limits.arguments)
        self.isolation = isolation
        switch isolation {
        case .bubblewrap(let bubblewrap):
            self.command = bubblewrap.command(command, fileBytes: limits.fileBytes)
        case .none: self.command = Self.endWithParent + command
        }
        worker = try InterpreterCode(.worker, python)
        tester = try InterpreterCode(.tester, python)
    }

    /// Has a command ended with the thread that starts it, as bubblewrap does; empty where there is no
    /// such program, so that only the limit of processor time is left.
    private static var endWithParent: [String] {
        let command = ["setpriv", "--pdeathsig", "KILL"]
        let trial = try? ChildProgram(command + ["true"]).run()
        return trial?.status == 0 ? command : []
    }

    /// The command that starts an interpreter, and what it executes.
    func start(of source: InterpreterSource) -> (command: [String], code: InterpreterCode) {
        switch source {
        case .worker: (command, worker)
        case .tester: (command, tester)
        }
    }
}
