import Adapters
import Foundation
import Models
import TestSupport
import Testing
import Training

/// A trainer's state is believed only if its own plan and data can have led to it.
@Suite struct StoredStateTests {
    @Test(
        "counters and positions that cannot be are named",
        arguments: [
            (#""step" : 3"#, "step 3 in the checkpoint of step 5"),
            (#""step" : 0"#, "step 0 in the checkpoint of step 5"),
            (#""step" : -2"#, "step -2 of the 40 that are planned"),
            (#""step" : 41"#, "step 41 of the 40 that are planned"),
            (#""step" : 9223372036854775807"#, "step 9223372036854775807 of the 40"),
            (#""tokens" : -1"#, "-1 tokens instead of"),
            (#""tokens" : 9223372036854775807"#, "9223372036854775807 tokens instead of"),
            (#""learningRate" : -1"#, "learning rate -1.0 instead of 0.01"),
            (#""learningRate" : 0.02"#, "learning rate 0.02 instead of 0.01"),
            (#""seconds" : -1"#, "seconds -1.0"), (#""flops" : -3"#, "flops -3.0"),
            (#""epoch" : 2"#, "epoch 2 and example 2 after 5 steps"),
            (#""epoch" : -1"#, "epoch -1"), (#""epoch" : 9223372036854775807"#, "epoch 922"),
            (#""index" : 3"#, "example 3 after"), (#""index" : 7"#, "example 7 after"),
            (#""index" : -4"#, "example -4 after"),
            (#""largestRate" : -1"#, "rates up to -1.0"),
            (#""weightSum" : 1e300"#, "weights of 1e+300"),
        ])
    func progress(field: String, problem: String) throws {
        try withCheckpoint { _, folder in
            let file = folder.appending(path: "trainer_state.json")
            let name = try #require(field.split(separator: " ").first)
            var isOptimizer = false
            let text = try String(contentsOf: file, encoding: .utf8)
            let lines = text.components(separatedBy: "\n").map { line in
                if line.contains("\"optimizer\"") { isOptimizer = true }
                if line.contains("}") { isOptimizer = false }
                guard line.contains(name), !isOptimizer || name != "\"step\"" else { return line }
                return field + (line.hasSuffix(",") ? "," : "")
            }
            try Data(lines.joined(separator: "\n").utf8).write(to: file)
            try expectContradiction(problem, folder, file.path)
        }
    }

    @Test("the optimizer's own steps are those since its last restart")
    func optimizerStep() throws {
        try withCheckpoint { _, folder in
            let file = folder.appending(path: "trainer_state.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            let parts = text.components(separatedBy: "\"optimizer\"")
            let changed = parts[1].replacingOccurrences(of: "\"step\" : 1", with: "\"step\" : 5")
            #expect(changed != parts[1])
            try Data((parts[0] + "\"optimizer\"" + changed).utf8).write(to: file)
            try expectContradiction("5 updates of the optimizer instead of 1", folder, file.path)
        }
    }

    @Test("a rate that a command had set is the one to expect")
    func changedRate() throws {
        try withCheckpoint(rate: 3e-3) { trainer, folder in
            try expectContradiction("learning rate 0.003 instead of 0.01", folder)
            try Checkpoint.restore(
                trainer, from: folder, expecting: .init(step: 5, learningRate: 3e-3))
            #expect(trainer.learningRate == 3e-3)
        }
    }

    @Test("tensors that the optimizer does not have are named")
    func otherTensors() throws {
        try withCheckpoint { _, folder in
            let url = folder.appending(path: "optimizer.safetensors")
            try rewrite(url, adding: ["exp_avg.more"]) { $1 }
            try expectContradiction("exp_avg.more, which the arm's optimizer", folder, url.path)
        }
    }

    @Test(
        "values that are not finite are taken only from an arm that diverged",
        arguments: ["optimizer.safetensors", "adapter_model.safetensors"],
        [Float.nan, .infinity, -.infinity])
    func notFinite(name: String, value: Float) throws {
        try withCheckpoint { trainer, folder in
            var isFirst = true
            try rewrite(folder.appending(path: name)) { _, values in
                defer { isFirst = false }
                return isFirst ? [value] + values.dropFirst() : values
            }
            try expectContradiction("that are not finite", folder)
            try Checkpoint.restore(
                trainer, from: folder, expecting: .init(step: 5, isDiverged: true))
        }
    }

    // MARK: - Checkpoints

    /// Passes on a new trainer and the checkpoint of one that has made 5 steps, with a restart after
    /// the fourth.
    private func withCheckpoint(
        rate: Double? = nil, _ body: (Trainer, URL) throws -> Void
    ) throws {
        let trainer = try Self.trainer()
        if let rate { trainer.learningRate = rate }
        for _ in 0..<5 { _ = trainer.trainStep() }
        try withTemporaryFolder { folder in
            try Checkpoint.write(trainer, to: folder)
            try body(try Self.trainer(), folder)
        }
    }

    private static func trainer() throws -> Trainer {
        let restarts = Restarts(everySteps: 4, warmupSteps: 2)
        return try smallTrainer(ReLoRA(LoRA(rank: 2, alpha: 4), restarts: restarts))
    }

    private func expectContradiction(
        _ problem: String, _ folder: URL, _ path: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let trainer = try Self.trainer()
        let error = #expect(throws: CheckpointError.self, sourceLocation: sourceLocation) {
            try Checkpoint.restore(trainer, from: folder, expecting: .init(step: 5))
        }
        guard case .contradictions(let found, let problems)? = error else {
            Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(
            problems.contains { $0.contains(problem) }, "\(problems)",
            sourceLocation: sourceLocation)
        #expect(found == path ?? found, sourceLocation: sourceLocation)
    }

    /// Writes a file anew with other values, and other tensors beside them.
    private func rewrite(
        _ url: URL, adding names: [String] = [], _ values: (String, [Float]) -> [Float]
    ) throws {
        let file = try SafetensorsFile(url)
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for name in file.tensorNames {
            writer.add(
                name, shape: file.shape(of: name) ?? [],
                values: values(name, try file.readFloats(name)))
        }
        for name in names { writer.add(name, shape: [1], values: [0]) }
        try writer.write(to: url)
    }
}
