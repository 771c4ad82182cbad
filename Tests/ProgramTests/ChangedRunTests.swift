import Foundation
import RunEvents
import RunStore
import StudySamples
import Studies
import TestSupport
import Testing

@testable import lethe

/// Interrupted runs whose files are no longer what they were: they do not go on as if nothing had
/// happened.
@Suite struct ChangedRunTests {
    @Test(
        "data that changed are refused, and said to be other than they were",
        arguments: [
            ("code/train.jsonl", Change.appended, "train"),
            ("code/train.jsonl", .reversed, "train"), ("code/train.jsonl", .shortened, "train"),
            ("code/train.jsonl", .flipped, "train"), ("code/eval.jsonl", .reversed, "evaluation"),
            ("world/facts.jsonl", .shortened, "task facts"),
            ("world/heldout.txt", .appended, "text"),
            ("base/small/model.safetensors", .flipped, "base model.safetensors"),
            ("base/small/config.json", .appended, "base config.json"),
            ("base/small/tokenizer.json", .appended, "tokenizer tokenizer.json"),
            ("base/small/tokenizer_config.json", .removed, "tokenizer tokenizer_config.json"),
        ])
    func files(path: String, change: Change, words: String) throws {
        try withInterruptedRun { run, small in
            try? small.write("{}", to: "base/small/tokenizer_config.json")
            try? FileManager.default.removeItem(at: run.folder.environmentFile)
            try Self.record(run)
            try change.apply(to: small.datasets.appending(path: path))
            try expectRefusal(of: run, [words + " ("])
        }
    }

    @Test("a base that got one more file is not the same")
    func addedFile() throws {
        try withInterruptedRun { run, small in
            try small.write("{}", to: "base/small/chat_template.json")
            try expectRefusal(of: run, ["tokenizer chat_template.json", "is new"])
        }
    }

    @Test(
        "a study that was edited is refused key by key",
        arguments: [
            (
                "learning_rate: 0.005", "learning_rate: 0.05",
                ["arms.full.learning_rate was 0.005, is 0.05"]
            ),
            ("steps: 8", "steps: 1", ["train.steps was 8, is 1"]),
            ("rate: 0.005, steps: 8", "rate: 0.005, steps: 3", ["arms.full.steps was 8, is 3"]),
            ("seeds: [0]", "seeds: [7]", ["seeds was [0], is [7]"]),
            ("batch_size: 2", "batch_size: 3", ["train.batch_size was 2, is 3"]),
            ("name: lora", "name: lora2", ["arm lora was there", "arm lora2 is new"]),
            ("every: 4", "every: 2", ["evaluate.every was 4, is 2"]),
            ("loss_mask: response", "loss_mask: all", ["loss_mask was response, is all"]),
        ])
    func study(old: String, new: String, words: [String]) throws {
        try withInterruptedRun { run, _ in
            try Self.edit(run.folder.studyFile, old, new)
            try expectRefusal(of: run, words)
        }
    }

    @Test("everything that changed is told at once")
    func together() throws {
        try withInterruptedRun { run, small in
            try Change.appended.apply(to: small.datasets.appending(path: "code/train.jsonl"))
            try Change.flipped.apply(to: small.baseFolder.appending(path: "model.safetensors"))
            try Self.edit(run.folder.studyFile, "batch_size: 2", "batch_size: 3")
            try expectRefusal(of: run, ["train.batch_size", "base model.safetensors", "train ("])
        }
    }

    @Test("what says the same in other words is no change, nor is a file in another place")
    func same() throws {
        try withInterruptedRun { run, small in
            let moved = small.datasets.deletingLastPathComponent().appending(path: "moved.jsonl")
            try FileManager.default.moveItem(
                at: small.datasets.appending(path: "code/train.jsonl"), to: moved)
            try Self.edit(run.folder.studyFile, "code/train.jsonl", moved.path)
            try Self.edit(run.folder.studyFile, "learning_rate: 0.005", "learning_rate: 5e-3 ")
            try Self.edit(run.folder.studyFile, "schemaVersion: 1", "# mine\nschemaVersion: 1")
            try run.goOn()
            #expect(try RecordedRun.read(run.folder).state.outcome == .completed)
            #expect(try run.folder.attempts().count == 2)
            #expect(try Self.warnings(run).isEmpty)
        }
    }

    @Test("a run of a version that recorded no files goes on with a remark")
    func unrecorded() throws {
        try withInterruptedRun { run, small in
            try Data(#"{"environment": {"blas": "x"}, "schemaVersion": 1}"#.utf8)
                .write(to: run.folder.environmentFile)
            try Change.reversed.apply(to: small.datasets.appending(path: "code/train.jsonl"))
            try run.goOn(limit: 20)
        } then: { run in
            let warnings = try Self.warnings(run)
            #expect(warnings.count == 2 && warnings[0].contains("cannot be checked"))
            #expect(warnings[1].contains("instead of x"))
            #expect(try run.folder.attempts().map { $0.inputs == nil } == [true, false])
            try run.goOn()
            #expect(try Self.warnings(run).count == 2)
        }
    }

    @Test("its study is compared with what the log says of it")
    func unrecordedStudy() throws {
        try withInterruptedRun { run, _ in
            try FileManager.default.removeItem(at: run.folder.environmentFile)
            try Self.edit(
                run.folder.studyFile, "rate: 0.005, steps: 8", "rate: 1, steps: 3")
            try expectRefusal(
                of: run,
                ["arms.full.steps was 8, is 3", "arms.full.learning_rate was 0.005, is 1.0"])
        }
    }

    @Test("a checkpoint that cannot be taken up leaves the run as it was")
    func checkpoints() throws {
        try withInterruptedRun { run, _ in
            let folder = run.folder.checkpointsFolder.appending(path: "full/step-4")
            for name in ["trainer_state.json", "optimizer.safetensors", "model.safetensors"] {
                let file = folder.appending(path: name)
                let whole = try Data(contentsOf: file)
                try Data("{}".utf8).write(to: file)
                try expectUnchanged(run) { #expect(throws: (any Error).self) { try run.goOn() } }
                try whole.write(to: file)
            }
            try run.goOn()
            #expect(try RecordedRun.read(run.folder).state.outcome == .completed)
        }
    }

    // MARK: - Runs

    enum Change: Sendable {
        case appended, reversed, shortened, flipped, removed

        func apply(to url: URL) throws {
            var data = try Data(contentsOf: url)
            let lines = data.split(separator: 0x0A).map { $0 + Data("\n".utf8) }
            switch self {
            case .appended: data += lines[0]
            case .reversed: data = lines.reversed().reduce(Data(), +)
            case .shortened: data = lines.dropLast().reduce(Data(), +)
            case .flipped: data[data.count - 2] ^= 1
            case .removed: return try FileManager.default.removeItem(at: url)
            }
            try data.write(to: url)
        }
    }

    /// Events until both arms have a checkpoint of step 4, and no other.
    private static let killedAfter = 98

    /// Passes on a run that was killed when both arms had a checkpoint.
    private func withInterruptedRun(
        _ body: (StoredRun, SmallStudy) throws -> Void,
        then check: (StoredRun) throws -> Void = { _ in }
    ) throws {
        try withFastFolder { parent in
            let small = try SmallStudy(in: parent)
            let run = StoredRun(
                folder: try RunFolder.create(at: parent.appending(path: "run")),
                prepared: try small.prepared(), locator: small.locator, cues: [])
            #expect(throws: StoredRun.Interruption.self) { try run.goOn(limit: Self.killedAfter) }
            #expect(try run.folder.resumePoint().arms == ["full": 4, "lora": 4])
            do { try body(run, small) } catch is StoredRun.Interruption {}
            try check(run)
        }
    }

    /// Records what is there now as what the run was started with.
    private static func record(_ run: StoredRun) throws {
        let inputs = try RunRequest(
            study: run.prepared.study, lock: RunLock(run.folder), locator: run.locator
        ).checkedInputs()
        try run.folder.write([
            RunAttempt(environment: [:], study: run.prepared.study.yaml(), inputs: inputs)
        ])
    }

    private static func edit(_ url: URL, _ old: String, _ new: String) throws {
        let text = try String(contentsOf: url, encoding: .utf8)
        let place = try #require(text.range(of: old), "\(old) is in \(text)")
        try Data(text.replacingCharacters(in: place, with: new).utf8).write(to: url)
    }

    private static func warnings(_ run: StoredRun) throws -> [String] {
        try RecordedRun.read(run.folder).events().compactMap { stamped in
            if case .notice(let notice) = stamped.event, notice.level == .warning {
                notice.text
            } else {
                nil
            }
        }
    }

    private func expectRefusal(
        of run: StoredRun, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expectUnchanged(run, sourceLocation: sourceLocation) {
            let error = #expect(throws: RunChanged.self, sourceLocation: sourceLocation) {
                try run.goOn()
            }
            for word in words {
                #expect(
                    error?.description.contains(word) == true, "\(String(describing: error))",
                    sourceLocation: sourceLocation)
            }
        }
    }

    /// Every file of the run is the same afterwards.
    private func expectUnchanged(
        _ run: StoredRun, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) throws {
        let before = try Self.contents(run.folder.url)
        try body()
        #expect(try Self.contents(run.folder.url) == before, sourceLocation: sourceLocation)
    }

    private static func contents(_ folder: URL) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let files = paths.compactMap { path in
            (try? Data(contentsOf: folder.appending(path: path))).map { (path, $0) }
        }
        return Dictionary(uniqueKeysWithValues: files)
    }
}
