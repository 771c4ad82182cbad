import Foundation
import Platform

/// The two interpreters of one program, which can be started before there is a program.
///
/// The verdict comes from the tester, on a descriptor that the worker has not got; here are kept the
/// limits that neither can keep itself, of time and of output.
struct InterpreterPair {
    private let worker: Interpreter
    private let tester: Interpreter
    private var lines: PairLines
    private let limits: SandboxLimits

    /// - Throws: `SystemReason` or `FileError` if there are not enough files or processes.
    init(_ launcher: InterpreterLauncher, _ limits: SandboxLimits) throws {
        let ends = try PairDescriptors()
        defer { ends.closeTheirs() }
        do {
            let (output, link) = (ends.output.writer, ends.link)
            let worker = try Interpreter(
                launcher, .worker, descriptors: [nil, output, output, link.writer, nil])
            do {
                tester = try Interpreter(
                    launcher, .tester,
                    descriptors: [
                        ends.job.reader, output, output, link.reader, ends.verdict.writer,
                    ])
            } catch {
                worker.end()
                throw error
            }
            self.worker = worker
        } catch {
            ends.closeOurs()
            throw error
        }
        lines = PairLines(ends, outputLimit: limits.outputBytes)
        self.limits = limits
    }

    /// Tests a program, and ends both interpreters.
    ///
    /// - Parameters:
    ///   - program: What to test.
    ///   - isGivenUp: Asked twenty times a second.
    /// - Returns: Its verdict; nil if the interpreters did not come so far that they could take it.
    mutating func judge(
        _ program: SandboxedProgram, isGivenUp: () -> Bool
    ) -> JudgedProgram? {
        var isWorkerOver = false
        defer {
            if !isWorkerOver { worker.end() }
            tester.end()
            lines.close()
        }
        let start = lines.next(within: SandboxLimits.startSeconds, isGivenUp)
        guard case .line("ready") = start else {
            return start == .givenUp ? .givenUp : nil
        }
        let clock = ContinuousClock.now
        lines.hand(over: program)
        let occurrence = lines.next(within: limits.wallSeconds, isGivenUp)
        let seconds = (ContinuousClock.now - clock) / .seconds(1)
        let (verdict, reason) = judged(occurrence, &isWorkerOver)
        return JudgedProgram(verdict, reason, seconds: seconds)
    }

    /// Ends both, of which nothing is needed any more.
    func end() {
        worker.end()
        tester.end()
        lines.close()
    }

    /// What they have written to their standard output and error, such as why they did not start.
    var words: String { lines.words }

    private func judged(
        _ occurrence: PairLines.Occurrence, _ isWorkerOver: inout Bool
    ) -> (ProgramVerdict, String) {
        switch occurrence {
        case .line(let line): return told(line, &isWorkerOver)
        case .late: return (.timeout, "over \(limits.wallSeconds) s")
        case .flood: return (.outputLimit, "over \(limits.outputBytes) bytes written")
        case .givenUp: return (.refused, JudgedProgram.givenUp.reason)
        case .end: return (.exception, "the tests ended their interpreter")
        }
    }

    private func told(_ line: String, _ isWorkerOver: inout Bool) -> (ProgramVerdict, String) {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let reason = parts.count > 1 ? parts[1] : ""
        if parts.first == "gone" {
            isWorkerOver = true
            return Self.ended(worker.end(patience: 0.2)) ?? (.exception, reason)
        }
        guard let verdict = parts.first.flatMap(ProgramVerdict.init) else {
            return (.exception, "the tests ended their interpreter")
        }
        return (verdict, reason)
    }

    /// The status with which a worker ends that the tester has left, for what it said or for its end.
    private static let linkIsOver: Int32 = 75

    /// The verdict on a program that ended its interpreter; nil if it spoilt the link.
    private static func ended(_ status: Int32?) -> (ProgramVerdict, String)? {
        switch status {
        case nil, linkIsOver: nil
        case 128 + SIGKILL: (.memory, "ended by the system, or no memory to tell of it")
        case .some(let status) where status > 128:
            (.exception, "the interpreter ended with signal \(status - 128)")
        case .some(let status): (.exception, "the program ended itself with status \(status)")
        }
    }
}

extension JudgedProgram {
    /// Of a program that nobody waits for any more.
    static let givenUp = JudgedProgram(.refused, "given up")
}
