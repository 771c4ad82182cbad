/// Why programs cannot be run here.
package struct SandboxProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package let reason: String
    /// What to do about it.
    package let advice: String
    /// The Debian package that is missing, if it is that.
    package let package: String?

    private init(_ reason: String, advice: String, package: String? = nil) {
        self.reason = reason
        self.advice = advice
        self.package = package
    }

    /// A program of a package is not on the path.
    static func missing(_ name: String, package: String) -> SandboxProblem {
        SandboxProblem(
            "\(name) is not installed", advice: "apt install \(package)", package: package)
    }

    /// Python is older than what the interpreters' part is written for.
    static func oldPython(_ version: String) -> SandboxProblem {
        SandboxProblem(
            "Python \(version) is too old", advice: "install Python 3.8 or later",
            package: "python3")
    }

    /// Bubblewrap is there, and does not make a sandbox.
    static func notPermitted(_ words: String) -> SandboxProblem {
        SandboxProblem(
            "bubblewrap may not make a sandbox here: \(words)",
            advice: "allow unprivileged user namespaces (sysctl user.max_user_namespaces, "
                + "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns), "
                + "or run outside a container, or in one whose seccomp profile allows them")
    }

    /// The two interpreters do not come to a verdict, without a sandbox too.
    static func broken(_ words: String) -> SandboxProblem {
        SandboxProblem(
            "a first program could not be run: \(words)",
            advice: "check that python3 works, and that processes and memory are left")
    }

    /// The processor's system calls are not known.
    static var unknownProcessor: SandboxProblem {
        SandboxProblem(
            "no filter of system calls is known for this processor",
            advice: "run on x86-64 or 64-bit ARM")
    }

    package var description: String { "\(reason); \(advice)" }
}
