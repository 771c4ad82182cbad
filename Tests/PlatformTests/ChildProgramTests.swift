import Foundation
import Platform
import TestSupport
import Testing

@Suite struct ChildProgramTests {
    @Test("status and output are told", arguments: [("exit 3", 3), ("kill -9 $$", 137)])
    func status(line: String, expected: Int32) throws {
        let outcome = try ChildProgram(["sh", "-c", "echo one; echo two >&2; " + line]).run()
        #expect(outcome.status == expected)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "one\n")
        let joined = ChildProgram(["sh", "-c", "echo one; echo two >&2"], joinsErrors: true)
        #expect(String(decoding: try joined.run().output, as: UTF8.self) == "one\ntwo\n")
    }

    @Test("it reads a file, and has its own environment")
    func input() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "in")
            try Data("text".utf8).write(to: file)
            let program = ChildProgram(
                ["sh", "-c", "cat; echo $WORD"],
                environment: ["PATH": "/usr/bin:/bin", "WORD": "x"])
            let output = try program.run(input: file).output
            #expect(String(decoding: output, as: UTF8.self) == "textx\n")
            #expect(throws: FileError.self) { try program.run(input: folder.appending(path: "no")) }
        }
    }

    @Test("a program that is missing or writes too much is an error")
    func failures() {
        #expect(throws: FileError.self) { try ChildProgram(["no-such-program-here"]).run() }
        #expect(throws: FileError.self) { try ChildProgram(["yes"]).run(limit: 1000) }
    }
}
