import Foundation
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct DoctorTests {
        @Test("every finding is a line that starts with how it stands")
        func findings() throws {
            try withTemporaryFolder { folder in
                let result = try LetheResult(["doctor"], in: folder)
                #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
                let lines = result.output.split(separator: "\n")
                #expect(lines.count >= 10)
                for line in lines where !line.contains("-> ") {
                    #expect(line.contains(/^(ok|poor|missing) +\S/), "\(line)")
                }
                #expect(result.output.contains(/ok +data +\S+, \d+ studies/))
                #expect(result.output.contains(/ok +model tiny .*1\.05 M parameters/))
                #expect(!result.output.contains("\u{1B}"))
            }
        }

        @Test("data that are not there are missing, with what to do, and no failure")
        func missing() throws {
            try withTemporaryFolder { folder in
                let result = try LetheResult(
                    ["doctor"], in: folder, environment: ["LETHE_DATASETS=nowhere"])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output.contains(/missing +data .*nowhere is not there\n +-> keep/))
                #expect(result.output.contains(/missing +model tiny/))
            }
        }

        @Test("a sandbox is tried, and where there is none it is said which package to install")
        func sandbox() throws {
            try withTemporaryFolder { folder in
                let found = try LetheResult(["doctor"], in: folder).output
                #expect(
                    found.contains(/(ok +sandbox .*Python \d|(poor|missing) +sandbox .*\n +->)/))
                let without = try LetheResult(
                    ["doctor"], in: folder, environment: ["PATH=\(folder.path)"])
                #expect(without.status == 0, "\(without.errors)")
                #expect(
                    without.output.contains(/missing +sandbox .* is not installed\n.*apt install/))
            }
        }

        @Test("arguments are misuse")
        func misuse() throws {
            try withTemporaryFolder { folder in
                try LetheResult(["doctor", "--now"], in: folder).expectMisuse("'--now'")
                try LetheResult(["doctor", "now"], in: folder).expectMisuse("'now'")
            }
        }
    }
}
