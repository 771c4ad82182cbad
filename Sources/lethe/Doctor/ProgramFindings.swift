import Foundation
import Sandbox

/// What `lethe doctor` finds of other programs.
enum ProgramFindings {
    static var all: [Finding] { [python, pip, sandbox] }

    private static var python: Finding {
        ProgramProbe.firstLine("python3", "--version").map { Finding(.ok, "python3", $0) }
            ?? Finding(
                .missing, "python3", "not found",
                advice: "needed to fetch models: apt install python3 python3-pip")
    }

    private static var pip: Finding {
        guard let line = ProgramProbe.firstLine("python3", "-m", "pip", "--version") else {
            return Finding(
                .missing, "pip", "not found",
                advice: "needed to fetch models: apt install python3-pip")
        }
        return Finding(.ok, "pip", line.split(separator: " ").prefix(2).joined(separator: " "))
    }

    /// Whether a program passes its test in a sandbox as tasks make them.
    private static var sandbox: Finding {
        do throws(SandboxProblem) {
            let sandbox = try ProgramSandbox(threads: 1)
            let version = ProgramProbe.firstLine("bwrap", "--version") ?? "bubblewrap"
            return Finding(.ok, "sandbox", "\(version) with Python \(sandbox.pythonVersion)")
        } catch {
            return Finding(
                error.package == nil ? .poor : .missing, "sandbox", error.reason,
                advice: "needed to run programs that a model wrote: \(error.advice); "
                    + ProgramPlace.unsafeAdvice)
        }
    }
}
