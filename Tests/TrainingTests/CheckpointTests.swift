import Adapters
import Foundation
import Models
import TestSupport
import Testing
import Training

/// What a damaged or foreign checkpoint leads to: an error, never a trap.
@Suite struct CheckpointTests {
    @Test("the version is looked at before what it says how to read")
    func olderVersion() throws {
        try withCheckpoint { trainer, folder in
            let file = folder.appending(path: "trainer_state.json")
            try Data(#"{"schemaVersion": 1, "progress": {"step": 3}}"#.utf8).write(to: file)
            #expect(throws: CheckpointError.unknownVersion(path: file.path, version: 1)) {
                try Checkpoint.restore(trainer, from: folder)
            }
        }
    }

    @Test("a state that is cut short or incomplete is unreadable")
    func damagedState() throws {
        try withCheckpoint { trainer, folder in
            let file = folder.appending(path: "trainer_state.json")
            let whole = try Data(contentsOf: file)
            for data in [
                Data(), whole.prefix(whole.count / 2), Data(#"{"schemaVersion": 2}"#.utf8),
            ] {
                try data.write(to: file)
                let error = #expect(throws: CheckpointError.self) {
                    try Checkpoint.restore(trainer, from: folder)
                }
                guard case .unreadableState(file.path, _)? = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test(
        "tensors that are missing or of another shape are named",
        arguments: ["optimizer.safetensors", "adapter_model.safetensors", "model.safetensors"])
    func otherTensors(name: String) throws {
        try withCheckpoint { trainer, folder in
            let url = folder.appending(path: name)
            let first = try #require(
                try SafetensorsFile(url).tensorNames.first { $0.contains("_proj") })
            try rewrite(url) { tensor, shape in tensor == first ? nil : shape }
            let missing = #expect(throws: ModelFolderError.self) {
                try Checkpoint.restore(trainer, from: folder)
            }
            #expect(missing?.description.contains("\(url.path): \(first) is missing") == true)
            try Checkpoint.write(trainer, to: folder)
            try rewrite(url) { tensor, shape in tensor == first ? shape + [2] : shape }
            let reshaped = #expect(throws: ModelFolderError.self) {
                try Checkpoint.restore(trainer, from: folder)
            }
            #expect(reshaped?.description.contains("\(first) has shape [") == true)
        }
    }

    @Test(
        "a weight file that is cut short is an error",
        arguments: ["optimizer.safetensors", "adapter_model.safetensors", "model.safetensors"])
    func cutShort(name: String) throws {
        try withCheckpoint { trainer, folder in
            let url = folder.appending(path: name)
            let whole = try Data(contentsOf: url)
            for count in [0, 5, whole.count / 2, whole.count - 1] {
                try whole.prefix(count).write(to: url)
                #expect(throws: WeightFileError.self) {
                    try Checkpoint.restore(trainer, from: folder)
                }
            }
        }
    }

    /// Passes on a trainer whose checkpoint has every kind of file, and the checkpoint.
    private func withCheckpoint(_ body: (Trainer, URL) throws -> Void) throws {
        let method = ReLoRA(
            LoRA(rank: 2, alpha: 4), restarts: Restarts(everySteps: 4, warmupSteps: 2))
        let trainer = try smallTrainer(method)
        for _ in 0..<2 { _ = trainer.trainStep() }
        try withTemporaryFolder { folder in
            try Checkpoint.write(trainer, to: folder)
            try body(trainer, folder)
        }
    }

    /// Writes a file anew with other shapes; a tensor without one is left out.
    private func rewrite(_ url: URL, _ shape: (String, [Int]) -> [Int]?) throws {
        let file = try SafetensorsFile(url)
        var writer = SafetensorsWriter(metadata: [:])
        for name in file.tensorNames {
            guard let new = shape(name, file.shape(of: name) ?? []) else { continue }
            let values = [Float](repeating: 0.5, count: new.reduce(1, *))
            writer.add(name, shape: new, values: values)
        }
        try writer.write(to: url)
    }
}
