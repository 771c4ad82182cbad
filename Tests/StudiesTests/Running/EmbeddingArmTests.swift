import Adapters
import Foundation
import Models
import RunEvents
import Studies
import StudySamples
import TestSupport
import Testing

@Suite struct EmbeddingArmTests {
    private func arm(_ settings: [String]) throws -> Study.Arm {
        try withTemporaryFolder { folder in
            try SmallStudy(in: folder).prepared(settings).study.arms[1]
        }
    }

    @Test("keys become what trains the arm, at their learning rate and with their noise")
    func settings() throws {
        #expect(try arm([]).fineTuning is LoRA)
        let tables = try arm(["arms.lora.train_head=true"]).fineTuning as? TrainedTables
        #expect(tables?.tables == [.head])
        #expect(tables?.learningRateFactor == 1)
        let all =
            try arm([
                "arms.lora.train_embeddings=true", "arms.lora.embedding_learning_rate=1e-3",
                "arms.lora.neftune_alpha=5",
            ]).fineTuning as? NEFTune
        #expect(all?.alpha == 5)
        let inner = all?.origin as? TrainedTables
        #expect(inner?.tables == [.embedding])
        expectClose([inner?.learningRateFactor ?? 0], [0.2])
    }

    @Test("trained tables are counted, and the arm begins as the base")
    func counting() throws {
        let recording = try StudyRecording.run([
            "arms.lora.train_embeddings=true", "arms.lora.neftune_alpha=5",
        ])
        guard case .started(let identity)? = recording.events.first else { return }
        #expect(identity.arms[1].trainableParameters == 300 * 32 + 1856)
        let counts = recording.observations("lora", "trainable_parameters").map(\.value)
        #expect(!counts.isEmpty && counts.allSatisfy { $0 == 300 * 32 + 1856 })
        #expect(recording.outcome == .completed)
    }

    @Test("noise changes training and nothing that is measured before it")
    func noise() throws {
        let runs = try [[], ["arms.lora.neftune_alpha=5"]].map { try StudyRecording.run($0) }
        let losses = runs.map { run in
            run.observations("lora", "loss").filter { $0.kind == .train }.map(\.value)
        }
        #expect(losses[0][0] != losses[1][0])
        let starts = runs.map { run in
            run.observations("lora").filter { $0.step == 0 && $0.kind != .cost }.map(\.value)
        }
        #expect(starts[0] == starts[1])
        let full = runs.map { $0.observations("full", "loss").map(\.value) }
        #expect(full[0] == full[1])
    }
}
