import Foundation
import Sandbox
import TestSupport
import Testing

extension SandboxSuite {
    /// Programs that want to pass without being right, or to do harm: none passes, and the host is as
    /// before.
    @Suite(Sandboxes.needsBubblewrap)
    struct HostileProgramTests {
        @Test("those that cheat get what they deserve")
        func cheats() throws {
            Trial.expect(CheatingTrials.all, in: try ProgramSandbox())
        }

        @Test("those that take everything get their verdicts, while an honest one passes")
        func greed() throws {
            var limits = SandboxLimits()
            limits.wallSeconds = 2
            // Little, so that it is filled in time on a busy machine too.
            limits.memoryBytes = 128 << 20
            let before = try Host()
            let sandbox = try ProgramSandbox(limits: limits, threads: 4)
            let honest = (0..<4).map { number in
                Trial("honest \(number)", .pass, source: "def f(): return 1")
            }
            Trial.expect(honest + GreedyTrials.all + honest, in: sandbox)
            sandbox.close()
            try Host().expect(nothingBut: before)
        }

        @Test("those that reach for the host find nothing, and leave nothing")
        func reach() throws {
            try withTemporaryFolder { folder in
                let secret = folder.appending(path: "secret")
                try Data("secret".utf8).write(to: secret)
                let before = try Host()
                Trial.expect(
                    ReachingTrials.all(secret.path), in: try ProgramSandbox(threads: 2))
                try Host().expect(nothingBut: before)
                #expect(try String(contentsOf: secret, encoding: .utf8) == "secret")
            }
        }
    }
}

/// What must be as before when all programs are over, though other tests run beside these.
private struct Host {
    /// Our sandboxes and zombies, and the daemon that a program wants to leave behind.
    private let processes: Set<String>
    private let descriptors: Int
    private let temporary: Set<String>
    private let mounts: String

    init() throws {
        let files = FileManager.default
        processes = try Self.processes()
        descriptors = try files.contentsOfDirectory(atPath: "/proc/self/fd").count
        temporary = Set(
            try files.contentsOfDirectory(atPath: files.temporaryDirectory.path).filter {
                $0.hasPrefix("lethe-") && !$0.hasPrefix("lethe-test-")
            })
        mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
    }

    func expect(nothingBut before: Host) {
        #expect(processes.subtracting(before.processes) == [])
        #expect(temporary.subtracting(before.temporary) == [])
        #expect(mounts == before.mounts)
        #expect(descriptors < before.descriptors + 20, "more than one for each program")
    }

    private static func processes() throws -> Set<String> {
        let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc")
        return Set(
            numbers.filter { number in
                guard Int(number) != nil,
                    let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
                    let words = text.split(separator: ")").last?.split(separator: " "),
                    words.count > 1
                else { return false }
                let line = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
                let isOurs = words[1] == "\(getpid())"
                return isOurs && (words[0] == "Z" || text.contains("(bwrap)"))
                    || line?.contains(GreedyTrials.daemon) == true
            })
    }
}
