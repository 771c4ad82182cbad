import RunEvents
import Foundation
import RunStore
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct KillTests {
        /// Takes about a second, with a checkpoint every few milliseconds.
        private static let study = [
            "run", "small", "--headless", "--quiet", "--set", "train.steps=60",
            "--set", "evaluate.every=6", "--set", "evaluate.early=true",
        ]

        @Test(
            "a signal to stop saves the run, which goes on later",
            arguments: [SIGINT, SIGTERM, SIGHUP])
        func stopSignal(signal: Int32) throws {
            try ProgramFolder.with { folder in
                let settings = ["--set", "train.steps=400", "--set", "evaluate.every=100"]
                let process = try LetheProcess(
                    ["run", "small", "--out", "r"] + settings, in: folder.url,
                    environment: folder.environment)
                #expect(LetheProcess.poll { process.output.contains("full,full,,0,9,") })
                process.send(signal)
                #expect(process.wait() == 128 + signal)
                #expect(
                    process.errors.hasSuffix("continue with `lethe resume \(folder.path("r"))`\n"))
                let saved = csvRecords(process.output).filter { $0[11] == "checkpoint" }
                #expect(!saved.isEmpty, "it was interrupted within the run")
                let resumed = try folder.run("resume", "r")
                #expect(resumed.status == 0, "\(resumed.errors)")
                let whole = try LetheResult(
                    ["run", "small", "--out", "whole"] + settings, in: folder.url,
                    environment: folder.environment)
                let rows = comparable(try folder.text("r/metrics.csv"))
                let expected = comparable(whole.output)
                #expect(rows.filter { $0[7] != "event" } == expected.filter { $0[7] != "event" })
                let events = Set(rows.filter { $0[7] == "event" })
                #expect(events.isSuperset(of: expected.filter { $0[7] == "event" }))
            }
        }

        /// A grid of which one trajectory is in memory at a time.
        private static let grid = [
            "--set", "memory=1B", "--set", "arms.full.learning_rate=[5e-3, 1e-3]",
            "--set", "seeds=[0, 1]", "--set", "train.steps=20",
        ]

        @Test(
            "killed again and again, at any moment, it ends with the same table",
            arguments: [[], grid])
        func killed(settings: [String]) throws {
            try ProgramFolder.with { folder in
                let start = ContinuousClock.now
                let whole = try LetheResult(
                    Self.study + settings + ["--out", "whole"], in: folder.url,
                    environment: folder.environment)
                let duration = (ContinuousClock.now - start) / .seconds(1)
                var random = SplitMix(state: 11)
                for kill in 0..<6 {
                    let process = try next(folder, settings)
                    let share = Double(random.next() % 1000) / 1000
                    usleep(UInt32((0.1 + 0.6 * share) * duration * 1e6))
                    process.send(SIGKILL)
                    guard process.wait() == 128 + SIGKILL else { break }
                    if kill % 2 == 1 { try leaveDraft(folder) }
                }
                try finish(folder, settings)
                #expect(comparable(try folder.text("r/metrics.csv")) == comparable(whole.output))
            }
        }

        @Test("killed while it writes a checkpoint, too")
        func killedWithinCheckpoint() throws {
            try ProgramFolder.with { folder in
                let whole = try LetheResult(
                    Self.study + ["--out", "whole"], in: folder.url,
                    environment: folder.environment)
                let process = try next(folder)
                let checkpoints = folder.url.appending(path: "r/checkpoints/full")
                let isCaught = LetheProcess.poll(seconds: 5) {
                    let names = try? FileManager.default.contentsOfDirectory(
                        atPath: checkpoints.path)
                    return names?.contains { $0.hasSuffix(".partial") } ?? false
                }
                process.send(SIGKILL)
                _ = process.wait()
                if !isCaught { try leaveDraft(folder) }
                try finish(folder)
                #expect(comparable(try folder.text("r/metrics.csv")) == comparable(whole.output))
                let names = try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
                #expect(names.sorted() == ["step-54", "step-60"])
            }
        }

        @Test("a finished run is not resumed")
        func finished() throws {
            try ProgramFolder.with { folder in
                _ = try folder.run("run", "small", "--out", "r")
                let table = try folder.text("r/metrics.csv")
                let resumed = try folder.run("resume", "r")
                #expect(resumed.status == 1)
                #expect(resumed.errors.contains("the run is finished"))
                #expect(resumed.output.isEmpty)
                #expect(try folder.text("r/metrics.csv") == table)
            }
        }

        @Test("a run that another process writes is not resumed")
        func locked() throws {
            try ProgramFolder.with { folder in
                let process = try folder.start(
                    "run", "small", "--out", "r", "--set", "train.steps=100000")
                #expect(LetheProcess.poll { process.output.contains(",train,") })
                let resumed = try folder.run("resume", "r")
                #expect(resumed.status == 1)
                let message = "is being written by process \(process.identifier)"
                #expect(resumed.errors.contains(message), "\(resumed.errors)")
                process.send(SIGKILL)
                _ = process.wait()
            }
        }

        // MARK: - Going on

        /// The run begins, or goes on if it had come to its first event.
        private func next(
            _ folder: ProgramFolder, _ settings: [String] = []
        ) throws -> LetheProcess {
            let hasBegun = FileManager.default.fileExists(atPath: folder.path("r/events.jsonl"))
            return try LetheProcess(
                hasBegun
                    ? ["resume", "r", "--quiet"] : Self.study + settings + ["--out", "r"],
                in: folder.url, environment: folder.environment)
        }

        private func finish(_ folder: ProgramFolder, _ settings: [String] = []) throws {
            let history = try RecordedRun.read(RunFolder.open(folder.url.appending(path: "r")))
            if history.state.isOver { return }
            let process = try next(folder, settings)
            #expect(process.wait() == 0, "\(process.errors)")
        }

        /// What a kill leaves that comes while a checkpoint and a line are being written.
        private func leaveDraft(_ folder: ProgramFolder) throws {
            let run = folder.url.appending(path: "r")
            guard FileManager.default.fileExists(atPath: run.appending(path: "events.jsonl").path)
            else { return }
            let draft = run.appending(path: "checkpoints/full/step-60.partial")
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
            try Data("half".utf8).write(to: draft.appending(path: "model.safetensors"))
            for name in ["events.jsonl", "metrics.csv"] {
                let file = try FileHandle(forWritingTo: run.appending(path: name))
                try file.seekToEnd()
                try file.write(contentsOf: Data("{\"event\"".utf8))
            }
        }
    }
}

/// A small generator with a fixed sequence (Steele and others 2014, SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
