import Foundation
import Sandbox
import TestSupport
import Testing

extension SandboxSuite {
    /// How programs are submitted and waited for.
    @Suite(Sandboxes.needsPython) struct ProgramSandboxTests {
        private static let right = SandboxedProgram(source: "x = 1", tests: "assert x == 1")
        private static let endless = SandboxedProgram(source: "while True: pass", tests: "")

        @Test("verdicts come in the order of the programs, with their times")
        func order() throws {
            let sandbox = try ProgramSandbox(.unsafe)
            let programs = (0..<12).map { number in
                SandboxedProgram(source: "x = \(number)", tests: "assert x % 3 == 0")
            }
            var told: [Int] = []
            let results = sandbox.judge(programs) { done, total in
                #expect(total == 12)
                told.append(done)
            }
            #expect(results.map { $0.verdict == .pass } == (0..<12).map { $0 % 3 == 0 })
            #expect(results.allSatisfy { $0.seconds > 0 && $0.seconds < 3 })
            #expect(told == told.sorted() && told.last == 12)
            #expect(sandbox.judge([]) { _, _ in } == [])
        }

        @Test("programs run while their submitter goes on")
        func beside() throws {
            let sandbox = try ProgramSandbox(.unsafe)
            let pending = (0..<3).map { _ in sandbox.submit(Self.right) }
            #expect(pending.map { $0.wait().verdict } == [.pass, .pass, .pass])
            #expect(pending.allSatisfy { $0.result?.verdict == .pass })
        }

        @Test("giving up ends what runs and what waits")
        func givingUp() throws {
            struct Enough: Error {}
            let sandbox = try ProgramSandbox(.unsafe)
            let start = ContinuousClock.now
            #expect(throws: Enough.self) {
                let programs = Array(repeating: Self.endless, count: 9)
                _ = try sandbox.judge(programs) { (_, _) throws(Enough) in throw Enough() }
            }
            #expect(ContinuousClock.now - start < .seconds(2))
            let one = sandbox.submit(Self.endless)
            one.giveUp()
            #expect(one.wait().verdict == .refused)
            #expect(sandbox.submit(Self.right).wait().verdict == .pass)
        }

        @Test("a closed sandbox has ended everything and takes nothing")
        func closing() throws {
            let sandbox = try ProgramSandbox(.unsafe, threads: 2)
            let pending = (0..<4).map { _ in sandbox.submit(Self.endless) }
            usleep(200_000)
            sandbox.close()
            #expect(pending.allSatisfy { $0.result?.verdict == .refused })
            #expect(sandbox.submit(Self.right).wait().verdict == .refused)
        }

        @Test("limits are those that were asked for")
        func limits() throws {
            var limits = SandboxLimits()
            limits.wallSeconds = 0.3
            limits.outputBytes = 1000
            limits.memoryBytes = 64 << 20
            let sandbox = try ProgramSandbox(.unsafe, limits: limits, threads: 2)
            let sources = [
                "import time\ntime.sleep(0.6)", "print('x' * 2000, flush=True)",
                "x = bytearray(100 << 20)", "print('x' * 900)",
            ]
            let programs = sources.map { SandboxedProgram(source: $0, tests: "") }
            let results = sandbox.judge(programs) { _, _ in }
            #expect(results.map(\.verdict) == [.timeout, .outputLimit, .memory, .pass])
        }

        @Test("verdicts have the words of the table")
        func words() {
            #expect(
                ProgramVerdict.allCases.map(\.rawValue) == [
                    "pass", "wrong", "exception", "timeout", "memory", "output_limit", "refused",
                ])
        }
    }
}
