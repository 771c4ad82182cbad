import Foundation

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

    private static var sandbox: Finding {
        guard let version = ProgramProbe.firstLine("bwrap", "--version") else {
            return Finding(
                .missing, "bubblewrap", "not found",
                advice: "needed to run programs that a model wrote: apt install bubblewrap")
        }
        let trial = ProgramProbe.firstLine(
            "bwrap", "--unshare-all", "--ro-bind", "/", "/", "--die-with-parent", "echo", "works")
        return trial == "works"
            ? Finding(.ok, "bubblewrap", version)
            : Finding(
                .poor, "bubblewrap", "\(version), but it may not make a sandbox here",
                advice: "allow unprivileged user namespaces, or run outside a container")
    }
}
