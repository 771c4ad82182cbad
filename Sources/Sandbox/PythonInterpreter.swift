import Foundation
import Platform

/// The Python that runs programs: the system's, or else the first on the path.
///
/// Programs have its standard library and nothing else, so that their verdicts do not depend on what
/// is installed beside it.
struct PythonInterpreter: Sendable {
    let path: String
    /// Such as `3.11.2`.
    let version: String
    /// Folders outside `/usr` without which it does not start.
    let folders: [String]

    private static let question =
        "import os, sys; print('.'.join(map(str, sys.version_info[:3])), "
        + "os.path.realpath(sys.executable), sys.base_prefix, sep='\\n')"

    /// Finds it.
    ///
    /// - Throws: `SandboxProblem` if there is none, or it is too old.
    init() throws(SandboxProblem) {
        for name in ["/usr/bin/python3", "python3"] {
            guard let answer = Self.ask(name) else { continue }
            let (version, path, prefix) = (answer[0], answer[1], answer[2])
            guard version.compare("3.8", options: .numeric) != .orderedAscending else {
                throw .oldPython(version)
            }
            self.version = version
            self.path = path
            folders = Set([prefix, URL(filePath: path).deletingLastPathComponent().path])
                .filter { $0 != "/usr" && !$0.hasPrefix("/usr/") && $0.hasPrefix("/") }.sorted()
            return
        }
        throw .missing("python3", package: "python3")
    }

    private static func ask(_ name: String) -> [String]? {
        let program = ChildProgram([name, "-S", "-s", "-c", question])
        guard let outcome = try? program.run(limit: 1 << 16), outcome.status == 0 else {
            return nil
        }
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        return lines.count == 3 ? lines.map(String.init) : nil
    }

    /// The command that runs `source`, which is handed over with it, in UTF-8 whatever the locale.
    func command(_ source: String, _ arguments: [String]) -> [String] {
        [path, "-S", "-s", "-B", "-X", "utf8", "-c", source] + arguments
    }

    /// Strings hash alike in all programs, so that sets are in the same order every time.
    static let environment = ["PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"]
}
