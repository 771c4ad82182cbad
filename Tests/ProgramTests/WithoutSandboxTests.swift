import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    /// Where no sandbox can be made, programs are refused with the reason, what to do and the only way
    /// around.
    @Suite(Sandboxes.needsPython) struct WithoutSandboxTests {
        /// Why there is none.
        enum Cause: CaseIterable {
            case notInstalled, notPermitted

            var reason: String {
                switch self {
                case .notInstalled: "bubblewrap is not installed; apt install bubblewrap; "
                case .notPermitted:
                    "bubblewrap may not make a sandbox here: bwrap: No permissions to create new "
                        + "namespace; allow unprivileged user namespaces ("
                }
            }
        }

        @Test(
            "tasks that only programs can pass are refused, all at once", arguments: Cause.allCases)
        func refused(cause: Cause) throws {
            try with(cause) { folder, surroundings in
                let tasks = ["--tasks", "humaneval,own.yaml", "--data", folder.url.path]
                let model = ["--model", folder.small.baseFolder.path, "--quiet"]
                let result = try LetheResult(
                    ["eval"] + tasks + model, in: folder.url, environment: surroundings)
                result.expectFailure(
                    "tasks 'humaneval', 'own' are scored by running the programs that the model "
                        + "writes: \(cause.reason)")
                #expect(result.errors.hasSuffix("as yourself, with --unsafe-run-code\n"))
                let unsafe = try LetheResult(
                    ["eval", "--unsafe-run-code"] + tasks + model, in: folder.url,
                    environment: surroundings)
                #expect(unsafe.status == 0, "\(unsafe.errors)")
                let scores = csvRecords(unsafe.output).filter { $0[1] == "pass@1" }
                #expect(scores.map { $0[0] } == ["humaneval", "own"])
            }
        }

        @Test("code is judged by exact match, which is said", arguments: Cause.allCases)
        func fallBack(cause: Cause) throws {
            try with(cause) { folder, surroundings in
                let told = "code: programs are not run, but judged by exact_match: \(cause.reason)"
                let scored = try LetheResult(
                    [
                        "eval", "--model", folder.small.baseFolder.path, "--tasks", "code",
                        "--quiet",
                    ],
                    in: folder.url, environment: surroundings)
                #expect(scored.status == 0 && scored.errors.contains(told), "\(scored.errors)")
                #expect(
                    csvRecords(scored.output).map { $0[1] } == [
                        "metric", "exact_match", "answer_loss", "answer_bits_per_byte",
                    ])
                let run = try LetheResult(
                    Self.run + ["--headless"], in: folder.url, environment: surroundings)
                #expect(run.status == 0 && run.errors.contains(told), "\(run.errors)")
                #expect(run.output.contains(",exact_match,"))
                #expect(!run.output.contains("pass@1"))
            }
        }

        @Test("a doctor says so")
        func doctor() throws {
            try with(.notPermitted) { folder, surroundings in
                let result = try LetheResult(
                    ["doctor"], in: folder.url, environment: surroundings)
                #expect(result.status == 0)
                #expect(
                    result.output.contains(
                        /poor +sandbox +bubblewrap may not .*\n.*user namespaces.*--unsafe-run-code\n/
                    ), "\(result.output)")
            }
        }

        /// Programs that are run to the half of a curve must be run to its end.
        @Test("a run goes on as it was measured, or not at all", Sandboxes.needsBubblewrap)
        func goingOn() throws {
            try with(.notInstalled) { folder, surroundings in
                let more = ["resume", "r", "--seeds", "0,1"]
                let run = try LetheResult(Self.run, in: folder.url, environment: folder.environment)
                #expect(run.status == 0 && run.output.contains("pass@1"), "\(run.errors)")
                let table = try folder.text("r/metrics.csv")
                try LetheResult(more, in: folder.url, environment: surroundings).expectFailure(
                    "target pass@1 was measured, and cannot be: \(Cause.notInstalled.reason)")
                #expect(try folder.text("r/metrics.csv") == table)

                try FileManager.default.removeItem(atPath: folder.path("r"))
                let other = try LetheResult(Self.run, in: folder.url, environment: surroundings)
                #expect(other.status == 0, "\(other.errors)")
                let resumed = try LetheResult(
                    more, in: folder.url, environment: folder.environment)
                #expect(resumed.status == 0, "\(resumed.errors)")
                #expect(resumed.output.contains(",exact_match,"))
                #expect(try !folder.text("r/metrics.csv").contains("pass@1"))
            }
        }

        private static let run = [
            "run", "small", "--out", "r", "--arms", "lora", "--set", "target.tasks=[code]",
            "--steps", "2",
        ]

        /// A folder with rows of code and two tasks, and surroundings without a sandbox.
        private func with(
            _ cause: Cause, _ body: (ProgramFolder, _ surroundings: [String]) throws -> Void
        ) throws {
            try ProgramFolder.with { folder in
                let row =
                    #"{"instruction": "Say one.", "output": "one", "tests": ["assert one"]}"# + "\n"
                try folder.small.write(row, to: "code/eval.jsonl")
                for (name, text) in Self.files { try write(text, to: folder.path(name)) }
                var path = folder.path("bin")
                if cause == .notPermitted {
                    try write(Self.forbidden, to: folder.path("bin/bwrap"))
                    try FileManager.default.setAttributes(
                        [.posixPermissions: 0o755], ofItemAtPath: folder.path("bin/bwrap"))
                    path += ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
                }
                try body(folder, folder.environment + ["PATH=\(path)"])
            }
        }

        private func write(_ text: String, to path: String) throws {
            let url = URL(filePath: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }

        /// Bubblewrap where the kernel forbids namespaces.
        private static let forbidden = """
            #!/bin/sh
            [ "$1" = --help ] && exit 0
            echo "bwrap: No permissions to create new namespace" >&2
            exit 1
            """

        private static let files = [
            "humaneval/HumanEval.jsonl":
                #"{"prompt": "def f():\n", "canonical_solution": "    return 1\n", "#
                + #""test": "def check(f):\n    assert f() == 1", "entry_point": "f"}"# + "\n",
            "own.jsonl": #"{"ask": "one", "tests": "assert True"}"# + "\n",
            "own.yaml": """
            data: own.jsonl
            prompt: "{ask}"
            answer: "{ask}"
            max_tokens: 2
            program: { start: "# ", tests: "{tests}" }
            metrics: [program]
            """,
        ]
    }
}
