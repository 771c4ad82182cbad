import Foundation
import RunEvents
import RunStore
import StudySamples
import TestSupport
import Testing

/// Runs that get more seeds and rates.
@Suite struct ExtendedRunTests {
    private static let settings = ["--headless", "--quiet", "--set", "train.steps=6"]

    private static func rows(_ folder: ProgramFolder, _ name: String) throws -> [[String]] {
        comparable(try folder.text(name + "/metrics.csv"))
    }

    private static func extend(
        _ folder: ProgramFolder, _ run: String, _ options: String...
    ) throws -> LetheResult {
        try LetheResult(
            ["resume", run, "--headless", "--quiet"] + options, in: folder.url,
            environment: folder.environment)
    }

    private func begin(_ folder: ProgramFolder, _ run: String) throws {
        let result = try LetheResult(
            ["run", "small", "--out", run] + Self.settings, in: folder.url,
            environment: folder.environment)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("a finished run goes on with more, and what it has stays as it is")
    func extended() throws {
        try ProgramFolder.with { folder in
            try begin(folder, "r")
            let before = try Self.rows(folder, "r")
            let more = try Self.extend(
                folder, "r", "--seeds", "0,1,2", "--learning-rate", "lora=1e-3")
            #expect(more.status == 0, "\(more.errors)")
            let after = try Self.rows(folder, "r")
            let measured = before.filter { $0[7] != "verdict" }
            #expect(Array(after.prefix(measured.count)) == measured)
            #expect(before.count > measured.count, "it had ended in a verdict")
            let verdict = try #require(after.firstIndex { $0[7] == "verdict" })
            #expect(after[verdict...].allSatisfy { $0[7] == "verdict" }, "a new one, at the end")
            #expect(after[verdict...].contains { $0[9] == "seeds" && $0[10] == "3.0" })
            let history = try RecordedRun.read(RunFolder.open(folder.url.appending(path: "r")))
            let names = try #require(history.state.identity).arms.map(\.name)
            #expect(
                names == [
                    "full", "full-s1", "full-s2", "lora", "lora-s1", "lora-s2", "lora-lr1e-3",
                    "lora-lr1e-3-s1", "lora-lr1e-3-s2",
                ])
            #expect(history.state.outcome == .completed && history.damage == nil)
            let study = try folder.text("r/study.yaml")
            #expect(study.contains("seeds: [0]\n") && study.contains("added_seeds: [1, 2]\n"))
            try expectAlone(folder, history, "full-s2", ["--seed", "2"])
            try expectAlone(
                folder, history, "lora-lr1e-3-s1",
                ["--seed", "1", "--set", "arms.lora.learning_rate=1e-3"])
            let again = try Self.extend(folder, "r", "--seeds", "2,1,0")
            #expect(again.status == 1 && again.errors.contains("has these seeds"))
            let finished = try Self.extend(folder, "r")
            #expect(finished.status == 1 && finished.errors.contains("the run is finished"))
        }
    }

    /// A trajectory that was added is that of a run of its own.
    private func expectAlone(
        _ folder: ProgramFolder, _ history: RecordedRun, _ name: String, _ options: [String]
    ) throws {
        let arm = String(name.prefix { $0 != "-" })
        let run = "alone-" + name
        _ = try LetheResult(
            ["run", "small", "--out", run] + Self.settings + options, in: folder.url,
            environment: folder.environment)
        let alone = try RecordedRun.read(RunFolder.open(folder.url.appending(path: run)))
        let values = { (history: RecordedRun, name: String) in
            try history.events().compactMap { stamped -> String? in
                guard case .observed(let seen) = stamped.event, seen.arm == name,
                    seen.kind != .cost
                else { return nil }
                return "\(seen.step) \(seen.kind) \(seen.task) \(seen.metric) \(seen.value)"
            }
        }
        let expected = try values(alone, arm)
        #expect(expected.count > 30)
        #expect(try values(history, name) == expected, "\(name)")
    }

    @Test("broken off while it is extended, it ends with the same table")
    func killed() throws {
        try ProgramFolder.with { folder in
            try begin(folder, "r")
            try FileManager.default.copyItem(
                at: folder.url.appending(path: "r"), to: folder.url.appending(path: "whole"))
            _ = try Self.extend(folder, "whole", "--seeds", "1,2")
            let expected = try Self.rows(folder, "whole")
            for pause in [20_000, 60_000, 100_000, 150_000, 200_000] as [UInt32] {
                let process = try LetheProcess(
                    ["resume", "r", "--headless", "--quiet", "--seeds", "1,2"], in: folder.url,
                    environment: folder.environment)
                usleep(pause)
                process.send(SIGKILL)
                _ = process.wait()
                // Whatever it had come to, it goes on; asked for nothing new, it says so.
                _ = try Self.extend(folder, "r", "--seeds", "1,2")
            }
            _ = try Self.extend(folder, "r")
            // Its name is in another column than the one that the copy has.
            #expect(try Self.rows(folder, "r") == expected)
        }
    }

    @Test("what makes no sense is misuse, and changes nothing")
    func misuse() throws {
        try ProgramFolder.with { folder in
            try begin(folder, "r")
            let log = try folder.text("r/events.jsonl")
            for (options, status, words) in [
                (["--seeds", "1,x"], 64, "--seeds x: use whole numbers"),
                (["--learning-rate", "full"], 64, "needs the form arm=rate"),
                (["--learning-rate", "full=-1"], 64, "needs the form arm=rate"),
                (["--learning-rate", "dora=1"], 1, "there is no arm `dora`"),
                (["--learning-rate", "full=5e-3"], 1, "has these seeds and learning rates"),
            ] as [([String], Int32, String)] {
                let result = try LetheResult(
                    ["resume", "r", "--headless"] + options, in: folder.url,
                    environment: folder.environment)
                #expect(result.status == status && result.errors.contains(words), "\(result)")
            }
            #expect(try folder.text("r/events.jsonl") == log)
        }
    }
}
