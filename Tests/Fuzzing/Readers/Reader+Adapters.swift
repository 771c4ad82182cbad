import Adapters
import Bases
import Datasets
import Foundation
import Models
import Studies
import Tensors
import Training

extension Reader {
    /// What training has made, ours or another's.
    static let adapters = [
        Reader(name: "adapter-config") { try openAdapter($1, "adapter_config.json", $0) },
        Reader(name: "adapter-weights") { try openAdapter($1, "adapter_model.safetensors", $0) },
        Reader(name: "trainer-state") { try restore($1, "trainer_state.json", $0) },
        Reader(name: "optimizer-state") { try restore($1, "optimizer.safetensors", $0) },
    ]

    private static func openAdapter(_ place: Surroundings, _ name: String, _ input: Data) throws {
        let folder = try place.copy(of: "adapter", replacing: name, by: input)
        _ = try TrainedFolder(folder).model(on: place.base.model)
    }

    /// Restores a checkpoint and takes the next step.
    private static func restore(_ place: Surroundings, _ name: String, _ input: Data) throws {
        let folder = try place.copy(of: "checkpoint", replacing: name, by: input)
        let examples = (0..<6).map { start in
            TokenizedExample(text: (0..<12).map { Int32(start + $0) }, byteCount: 30)
        }
        var random = SeededRandom(seed: 1)
        let tuned = try LoRA(rank: 2, alpha: 4, targets: [.q, .v])
            .attach(to: place.base.model, using: &random)
        let trainer = try Trainer(
            tuned, examples: examples, batchSize: 2,
            settings: TrainingSettings(
                learningRate: 1e-2,
                schedule: LearningRateSchedule(shape: .cosine, warmupSteps: 2, totalSteps: 8)),
            arena: Arena())
        try Checkpoint.restore(trainer, from: folder)
        if !trainer.isFinished { _ = trainer.trainStep() }
    }
}
