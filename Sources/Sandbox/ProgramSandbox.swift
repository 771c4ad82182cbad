import Foundation
import Platform

/// Runs programs that a model wrote, and says which of them pass their tests.
///
/// They run beside the thread that submits them, as many at a time as there are processors. Nothing
/// of a program is left when its verdict is there, and nothing of any when this process ends.
package final class ProgramSandbox: Sendable {
    /// How far programs are kept from the host.
    package enum Mode: Sendable {
        /// In a sandbox that bubblewrap makes.
        case bubblewrap
        /// As processes of this user, with limits of time and memory, and no other bounds.
        case unsafe
    }

    package let limits: SandboxLimits
    /// Such as `3.11.2`.
    package let pythonVersion: String
    private let launcher: InterpreterLauncher
    private let queue = ProgramQueue()
    private let threads: Int

    /// Runs a first program to see whether it can be done here.
    ///
    /// - Parameters:
    ///   - mode: How far programs are kept from the host.
    ///   - limits: What each may take.
    ///   - threads: The most that run at a time; as many as processors without it.
    /// - Throws: `SandboxProblem` with what is missing or not permitted.
    package init(
        _ mode: Mode = .bubblewrap, limits: SandboxLimits = SandboxLimits(), threads: Int? = nil
    ) throws(SandboxProblem) {
        let python = try PythonInterpreter()
        pythonVersion = python.version
        self.limits = limits
        self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        let isolation: Isolation =
            switch mode {
            case .unsafe: .none
            case .bubblewrap: .bubblewrap(try Bubblewrap(python))
            }
        launcher = try InterpreterLauncher(isolation, python, limits)
        guard let problem = Self.problem(launcher) else { return }
        guard mode == .bubblewrap,
            Self.problem(try InterpreterLauncher(.none, python, limits)) == nil
        else { throw .broken(problem) }
        throw .notPermitted(problem)
    }

    /// What is wrong with how interpreters are started; nil if a program passes its test.
    private static func problem(_ launcher: InterpreterLauncher) -> String? {
        let program = SandboxedProgram(
            source: "def answer():\n    return 42", tests: "assert answer() == 42")
        do {
            var pair = try InterpreterPair(launcher, SandboxLimits())
            guard let result = pair.judge(program, isGivenUp: { false }) else {
                return pair.words.isEmpty ? "it ended without a word" : pair.words
            }
            return result.verdict == .pass ? nil : result.reason
        } catch {
            return "\(error)"
        }
    }

    deinit { close() }

    /// Has a program tested as soon as there is room.
    package func submit(_ program: SandboxedProgram) -> PendingVerdict {
        let pending = PendingVerdict(program)
        guard queue.add(pending, most: threads) else { return pending }
        let server = ProgramServer(queue: queue, launcher: launcher, limits: limits)
        do {
            try CheckedThread.start("sandbox", stackSize: 1 << 20) { server.run() }
        } catch {
            queue.fail("\(error)")
        }
        return pending
    }

    /// Tests programs.
    ///
    /// - Parameters:
    ///   - programs: What to test.
    ///   - progress: Told how many are done of how many, ten times a second; throws to give up, which
    ///     ends those that run.
    /// - Returns: Their verdicts in the same order.
    /// - Throws: What `progress` throws.
    package func judge<Failure>(
        _ programs: [SandboxedProgram],
        progress: (_ done: Int, _ total: Int) throws(Failure) -> Void
    ) throws(Failure) -> [JudgedProgram] {
        try results(of: programs.map(submit), progress: progress)
    }

    /// Waits for programs that were submitted; parameters as of ``judge(_:progress:)``.
    ///
    /// - Returns: Their verdicts in the same order.
    /// - Throws: What `progress` throws.
    package func results<Failure>(
        of pending: [PendingVerdict],
        progress: (_ done: Int, _ total: Int) throws(Failure) -> Void
    ) throws(Failure) -> [JudgedProgram] {
        do throws(Failure) {
            for one in pending {
                while one.wait(until: Date(timeIntervalSinceNow: 0.1)) == nil {
                    try progress(pending.count { $0.result != nil }, pending.count)
                }
            }
            try progress(pending.count, pending.count)
        } catch {
            for one in pending { one.giveUp() }
            for one in pending { _ = one.wait() }
            throw error
        }
        return pending.map { $0.wait() }
    }

    /// Ends everything that runs; what is submitted from now on is refused.
    package func close() { queue.close() }
}
