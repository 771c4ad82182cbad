import Adapters
import Datasets
import Foundation
import Models
import TestSupport
import Tensors
import Testing
import Training

/// Loss curves against those of PyTorch and PEFT.
@Suite struct PEFTCurveTests {
    @Test("full fine-tuning")
    func full() throws {
        let goldens = try PEFTGoldens.read()
        let method = FullFineTuning()
        var random = SmallGenerator(state: 1)
        let tuned = try method.attach(to: try PEFTGoldens.base(), using: &random)
        try check(
            tuned, losses: goldens.full.losses, learningRate: goldens.full.learningRate, goldens)
    }

    @Test("LoRA", arguments: [LoRA.Scaling.lora, .rslora])
    func lora(scaling: LoRA.Scaling) throws {
        try check(scaling.rawValue) { lora($0, scaling: scaling) }
    }

    @Test("DoRA")
    func dora() throws { try check("dora") { DoRA(lora($0)) } }

    /// PEFT unties a table that is trained alone.
    @Test("LoRA with a trained embedding table, alone or as the head too")
    func tables() throws {
        let tables = { TrainedTables(lora($0), tables: [.embedding]) }
        try check("embeddings", base: try PEFTGoldens.base().untied(), method: tables)
        try check("tied", method: tables)
    }

    /// Both take their start from a singular value decomposition; the signs of its vectors may
    /// differ, which changes no loss.
    @Test("PiSSA")
    func pissa() throws {
        try check("pissa", start: { _ in }, method: { SpectralLoRA(lora($0), part: .pissa) })
    }

    /// The frozen pair is PyTorch's, read from the trained folder; the vectors start anew.
    @Test("VeRA")
    func vera() throws {
        try check(
            "vera",
            start: { tuned in
                try tuned.readTrained(from: PEFTGoldens.folder(of: "vera"))
                for vector in tuned.trainable { vector.fill(vector.name.hasSuffix("d") ? 0.1 : 0) }
            },
            method: { VeRA(rank: $0.rank) })
    }

    private func lora(_ golden: PEFTGoldens.Adapter, scaling: LoRA.Scaling = .lora) -> LoRA {
        LoRA(rank: golden.rank, alpha: golden.alpha ?? 0, scaling: scaling)
    }

    /// Gives every A of LoRA the values that it had under PEFT.
    private static func fillA(_ tuned: FineTunedModel) {
        for parameter in tuned.trainable where parameter.name.contains("lora_A") {
            for row in 0..<parameter.rows {
                for column in 0..<parameter.columns {
                    let angle = 1 + (0.3 + Double(row)) * Double(column)
                    parameter.values[row * parameter.columns + column] = Float(0.2 * sin(angle))
                }
            }
        }
    }

    private func check(
        _ name: String, base: Transformer? = nil,
        start: (FineTunedModel) throws -> Void = fillA,
        method: (PEFTGoldens.Adapter) -> any FineTuningMethod
    ) throws {
        let goldens = try PEFTGoldens.read()
        let golden = try #require(goldens.adapters[name])
        var random = SmallGenerator(state: 1)
        let tuned = try method(golden).attach(
            to: try base ?? PEFTGoldens.base(), using: &random)
        #expect(tuned.trainableCount == golden.trainable)
        try start(tuned)
        try check(
            tuned, losses: golden.losses, learningRate: golden.learningRate, goldens)
        expectClose(
            goldens.logits(of: tuned.model), golden.logits, relative: 1e-3, absolute: 1e-3)
    }

    private func check(
        _ tuned: FineTunedModel, losses: [Double], learningRate: Double, _ goldens: PEFTGoldens
    ) throws {
        let trainer = try Trainer(
            tuned, examples: goldens.sequences.map { TokenizedExample(text: $0, byteCount: 1) },
            batchSize: goldens.sequences.count,
            settings: TrainingSettings(
                learningRate: learningRate,
                schedule: LearningRateSchedule(
                    shape: .constant, warmupSteps: 0, totalSteps: losses.count),
                gradientClip: 0),
            arena: Arena())
        let reports = losses.map { _ in trainer.trainStep() }
        expectClose(reports.map(\.loss), losses, relative: 1e-5, absolute: 0)
    }
}
