import Foundation
import StudySamples
import TestSupport
import Testing

/// `lethe verdict`, from outside.
extension ProgramSuite {
    @Suite struct VerdictTests {
        /// The small study with curves that can be read at every point.
        private static func run(
            _ folder: ProgramFolder, _ name: String, _ settings: String...
        ) throws {
            let all = [
                "train.schedule=constant", "evaluate.every=1", "checkpoint.every=1",
                "checkpoint.keep=100",
            ]
            let options = (all + settings).flatMap { ["--set", $0] }
            let result = try LetheResult(
                ["run", "small", "--headless", "--quiet", "--out", name] + options,
                in: folder.url, environment: folder.environment)
            #expect(result.status == 0, "\(result.errors)")
        }

        @Test("a verdict as sentences, as a table and as JSON")
        func formats() throws {
            try ProgramFolder.with { folder in
                try Self.run(folder, "r", "seeds=[0, 1, 2]")
                let text = try folder.run("verdict", "r")
                #expect(text.status == 0, "\(text.errors)")
                #expect(text.output.contains("full") && text.output.contains("lora"))
                #expect(text.output.contains("It rests on curves at constant rates"))
                let csv = try folder.run("verdict", "r", "--format", "csv")
                let rows = csvRecords(csv.output)
                #expect(rows.count == 2)
                #expect(rows[0].count == rows[1].count)
                #expect(
                    rows[1].prefix(4) == ["levels", "full", "0.005", "lora"] || rows[1][2] == "")
                let json = try folder.run("verdict", "r", "--format", "json", "--budget", "100")
                let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
                let values = try #require(document as? [String: Any])
                #expect(values["schemaVersion"] as? Int == 1)
                #expect((values["sentences"] as? [String])?.isEmpty == false)
                #expect(values["verdict"] != nil)
            }
        }

        @Test("of a decaying rate the ends alone count, and one length is told to be too few")
        func ends() throws {
            try ProgramFolder.with { folder in
                try Self.run(folder, "r", "train.schedule=cosine")
                let text = try folder.run("verdict", "r")
                #expect(text.status == 0, "\(text.errors)")
                #expect(text.output.contains("ends of runs alone"))
            }
        }

        @Test("runs of one study are taken together, others are refused with what differs")
        func severalRuns() throws {
            try ProgramFolder.with { folder in
                try Self.run(folder, "a", "seeds=[0]")
                try Self.run(folder, "b", "seeds=[1]")
                try Self.run(folder, "c", "train.steps=4")
                let both = try folder.run("verdict", "a", "b", "--format", "csv")
                #expect(both.status == 0, "\(both.errors)")
                #expect(csvRecords(both.output)[1][12] == "2")
                let other = try folder.run("verdict", "a", "c")
                #expect(other.status == 1 && other.output.isEmpty)
                #expect(other.errors.contains("train.steps was 8, is 4"), "\(other.errors)")
                let twice = try folder.run("verdict", "a", "a")
                #expect(twice.status == 1)
                #expect(twice.errors.contains("the same arm at the same rate"), "\(twice.errors)")
                let beyond = try folder.run("verdict", "a", "--level", "1000")
                #expect(beyond.status == 1 && beyond.output.isEmpty)
                #expect(beyond.errors.contains("no verdict at 1000.00"), "\(beyond.errors)")
                let none = try folder.run("verdict", "nowhere")
                #expect(none.status == 1 && none.errors.contains("not a run folder"))
            }
        }

        @Test("what learns most within a budget is left as a model")
        func merges() throws {
            try ProgramFolder.with { folder in
                try Self.run(folder, "r")
                let merged = try folder.run("verdict", "r", "--budget", "100", "--merge", "best")
                #expect(merged.status == 0, "\(merged.errors)")
                #expect(merged.output.contains("With at most 100 nats forgotten"))
                let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("best"))
                #expect(files.contains("model.safetensors") && files.contains("config.json"))
                let again = try folder.run("verdict", "r", "--budget", "100", "--merge", "best")
                #expect(again.status == 1 && again.errors.contains("is there already"))
            }
        }

        @Test("a study's own budget is asked for, and its checkpoint is there when few are kept")
        func mergesWithinTheBudget() throws {
            try ProgramFolder.with { folder in
                try Self.run(
                    folder, "r", "checkpoint.keep=1", "checkpoint.every=8",
                    "budget={ forgetting: 0.02 }", "arms.full.learning_rate=2e-2")
                let text = try folder.run("verdict", "r")
                #expect(text.output.contains("With at most 0.02 nats forgotten"), "\(text)")
                let merged = try folder.run("verdict", "r", "--budget", "0.02", "--merge", "best")
                #expect(merged.status == 0, "\(merged.errors)")
                let step = try #require(
                    merged.errors.firstMatch(of: /at step (\d+) is in/).flatMap { Int($0.1) })
                #expect((1...7).contains(step), "it is no end of a trajectory")
                let rows = csvRecords(try folder.text("r/metrics.csv"))
                let arms = rows.filter { $0[11] == "budget_learned" }
                #expect(Set(arms.map { $0[2] }) == ["full", "lora"])
                #expect(arms.contains { $0[6] == "\(step)" })
            }
        }

        @Test("what is not kept is told with what is, and how to keep it")
        func notKept() throws {
            try ProgramFolder.with { folder in
                try Self.run(
                    folder, "r", "checkpoint.keep=1", "checkpoint.every=8",
                    "arms.full.learning_rate=2e-2")
                let gone = try folder.run("verdict", "r", "--budget", "0.02", "--merge", "best")
                #expect(gone.status == 1)
                #expect(gone.errors.contains("is not kept; there are those of steps 8"))
                #expect(gone.errors.contains("`budget: { forgetting: 0.02 }`"), "\(gone.errors)")
            }
        }

        @Test(
            "misuse is told before anything is read",
            arguments: [
                (["--learn", "nothing"], "--learn: no `nothing`; there is loss"),
                (["--forget", "loss"], "--forget: no `loss`; there is forgetting"),
                (["--merge", "out"], "--merge: say with --budget"),
                (["--budget=-1"], "--budget: a number of at least 0"),
                (["--delta", "nan"], "--delta: a number of at least 0"),
                (["--level", "inf"], "--level: a number of at least 0"),
            ])
        func misuse(options: [String], message: String) throws {
            try ProgramFolder.with { folder in
                let result = try LetheResult(
                    ["verdict", "nowhere"] + options, in: folder.url,
                    environment: folder.environment)
                #expect(result.status == 64)
                #expect(result.errors.contains(message), "\(result.errors)")
            }
        }
    }
}
