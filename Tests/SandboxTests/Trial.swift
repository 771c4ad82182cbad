import Sandbox
import Testing

/// A program of the tests, with the verdicts that it may get.
struct Trial: Sendable, CustomTestStringConvertible {
    let name: String
    let source: String
    let tests: String
    let verdicts: Set<ProgramVerdict>
    /// What the reason has to have in it.
    let reason: String

    /// The default `tests` are passed by an honest `f` that returns 1.
    init(
        _ name: String, _ verdicts: ProgramVerdict..., reason: String = "",
        tests: String = "assert f() == 1", source: String
    ) {
        self.name = name
        self.source = source
        self.tests = tests
        self.verdicts = Set(verdicts)
        self.reason = reason
    }

    var testDescription: String { name }

    var program: SandboxedProgram { SandboxedProgram(source: source, tests: tests) }

    /// Tries all of them at once in a sandbox, and compares.
    static func expect(_ trials: [Trial], in sandbox: ProgramSandbox) {
        let results = sandbox.judge(trials.map(\.program)) { _, _ in }
        for (trial, result) in zip(trials, results) {
            #expect(
                trial.verdicts.contains(result.verdict) && result.reason.contains(trial.reason),
                "\(trial.name): \(result)")
        }
    }
}

/// Python source by lines.
func lines(_ lines: String...) -> String { lines.joined(separator: "\n") }
