import Foundation
import Platform

/// What stands between an interpreter and the host.
enum Isolation: Sendable {
    /// Namespaces and a filter of system calls, made by bubblewrap.
    case bubblewrap(Bubblewrap)
    /// Nothing but a process of its own and the limits of resources.
    case none
}

/// Sandboxes by bubblewrap (`man 1 bwrap`): no network, no host process, nothing of the host's files
/// but what Python needs, nothing to write to but a small file system in memory.
struct Bubblewrap: Sendable {
    /// The descriptors on which bubblewrap reads the filter and tells the sandbox's first process.
    static let filterDescriptor: Int32 = 6
    static let reportDescriptor: Int32 = 7

    let path: String
    let filter: SystemCallFilter
    let lastWill: LastWill
    private let visible: [String]
    private let limitsFiles: Bool

    /// Finds it.
    ///
    /// - Throws: `SandboxProblem` if it is not there.
    init(_ python: PythonInterpreter) throws(SandboxProblem) {
        guard let path = Self.find(), let help = Self.help(path) else {
            throw .missing("bubblewrap", package: "bubblewrap")
        }
        guard let filter = SystemCallFilter.current else { throw .unknownProcessor }
        self.path = path
        self.filter = filter
        lastWill = try LastWill()
        visible = python.folders
        // Since 0.7; without it nothing can be written.
        limitsFiles = help.contains("--size")
    }

    private static func find() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/bwrap" }.first { access($0, X_OK) == 0 }
    }

    private static func help(_ path: String) -> String? {
        let outcome = try? ChildProgram([path, "--help"], joinsErrors: true).run(limit: 1 << 20)
        return outcome.map { String(decoding: $0.output, as: UTF8.self) }
    }

    /// The command that runs another in a sandbox.
    func command(_ command: [String], fileBytes: Int) -> [String] {
        // The interpreter is the first process itself: nobody else could wait for another one, which
        // would be left to the host's first process if the interpreter ended by itself.
        let isolation = [
            path, "--as-pid-1", "--unshare-all", "--unshare-user", "--uid", "65534", "--gid",
            "65534",
            "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        ]
        let files =
            limitsFiles
            ? ["--size", "\(fileBytes)", "--tmpfs", "/tmp"] : ["--dir", "/tmp"]
        return isolation + systemFiles + files
            + ["--chdir", "/tmp", "--remount-ro", "/", "--seccomp", "\(Self.filterDescriptor)"]
            + ["--info-fd", "\(Self.reportDescriptor)"] + command
    }

    /// The system's programs and libraries, and the two devices that Python may ask for.
    private var systemFiles: [String] {
        let libraries = ["/lib", "/lib64", "/lib32", "/bin", "/sbin"].flatMap { folder in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder)
            return target.map { ["--symlink", $0, folder] }
                ?? ["--ro-bind-try", folder, folder]
        }
        let cache = ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
        let devices = ["/dev/null", "/dev/urandom"].flatMap { ["--dev-bind", $0, $0] }
        return ["--ro-bind", "/usr", "/usr"] + libraries + cache + devices
            + visible.flatMap { ["--ro-bind", $0, $0] }
    }
}
