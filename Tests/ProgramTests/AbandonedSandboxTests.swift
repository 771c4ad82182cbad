import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    /// The program is ended from outside while it runs what a model wrote.
    @Suite struct AbandonedSandboxTests {
        /// What a written program is called among the system's processes while it runs.
        private static let held = "held-program"

        @Test(
            "no process and no file is left of programs that run", Sandboxes.needsBubblewrap,
            arguments: [SIGKILL, SIGTERM, SIGINT])
        func running(signal: Int32) throws {
            try expectNothingLeft(after: signal) { $0.contains { $0.name == Self.held } }
        }

        @Test("nor of programs that run without a sandbox", Sandboxes.needsPython)
        func unsafe() throws {
            try expectNothingLeft(after: SIGKILL, options: ["--unsafe-run-code"]) {
                $0.contains { $0.name == Self.held }
            }
        }

        /// Bubblewrap waits, as it does for a moment each time, with a first process in the sandbox
        /// that waits for it.
        @Test("nor of sandboxes that are being made", Sandboxes.needsBubblewrap)
        func starting() throws {
            let wait = (line: "mkfifo wait 2>/dev/null; exec 9<>wait", "--userns-block-fd 9")
            try expectNothingLeft(after: SIGKILL, more: wait) { processes in
                processes.count { $0.name == "bwrap" } >= 4
            }
        }

        /// Ends the program when its processes are as they are wanted.
        private func expectNothingLeft(
            after signal: Int32, options: [String] = [], more: (String, String) = ("", ""),
            _ isReady: ([(parent: pid_t, name: String)]) -> Bool
        ) throws {
            try ProgramFolder.with { folder in
                try writeTask(in: folder)
                let session = try WatchedSession(
                    ["eval", "--model", folder.small.baseFolder.path, "--tasks", "held.yaml"]
                        + ["--quiet"] + options, in: folder, more: more)
                let isSeen = session.wait(until: isReady)
                #expect(isSeen, "\(session.processes)")
                session.process.send(signal)
                #expect(session.process.wait() == 128 + signal, "\(session.process.errors)")
                #expect(session.wait(seconds: 3) { $0.isEmpty }, "\(session.processes)")
                let files = try FileManager.default.contentsOfDirectory(
                    atPath: folder.path("temporary"))
                #expect(files.isEmpty)
            }
        }

        /// A task whose programs do not end, whatever the model adds to them in a last comment.
        private func writeTask(in folder: ProgramFolder) throws {
            let task = """
                data: held.jsonl
                prompt: "{ask}"
                answer: "{ask}"
                stops: ["\\n"]
                max_tokens: 2
                program: { start: "{code}", tests: "assert True" }
                metrics: [program]
                """
            let rows = try ["while True: pass", "import time; time.sleep(99)"].map { wait in
                let code =
                    "import ctypes\nctypes.CDLL(None).prctl(15, b'\(Self.held)')\n\(wait)\n# "
                return try JSONSerialization.data(withJSONObject: ["ask": "one", "code": code])
            }
            try Data(task.utf8).write(to: folder.url.appending(path: "held.yaml"))
            try Data(rows.joined(separator: Data("\n".utf8)))
                .write(to: folder.url.appending(path: "held.jsonl"))
        }
    }
}
