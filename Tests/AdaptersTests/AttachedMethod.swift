import Adapters
import Models
import TestSupport
import Tensors

/// A method on the small model.
struct AttachedMethod {
    let base: Transformer
    let tuned: FineTunedModel

    init(_ method: any FineTuningMethod, seed: UInt64 = 2) throws {
        base = try smallModel()
        var generator = SmallGenerator(state: seed)
        tuned = try method.attach(to: base, using: &generator)
    }

    /// The same, with every trainable parameter moved away from its start.
    static func perturbed(_ method: any FineTuningMethod) throws -> AttachedMethod {
        let attached = try AttachedMethod(method)
        perturb(attached.tuned.trainable)
        return attached
    }
}

/// A method under the name of its test case.
struct MethodCase: Sendable, CustomStringConvertible {
    let description: String
    let method: any FineTuningMethod

    init(_ description: String, _ method: some FineTuningMethod) {
        self.description = description
        self.method = method
    }

    private static let lora = LoRA(rank: 3, alpha: 6)

    /// Methods that change nothing at first, to the bit.
    static let exactAtTheStart =
        [
            MethodCase("full", FullFineTuning()),
            MethodCase(
                "full, parts", FullFineTuning(parts: [.norms, .mlp, .embeddings], lastLayers: 1)),
            MethodCase("lora", LoRA(rank: 3, alpha: 6)),
            MethodCase(
                "rslora", LoRA(rank: 3, alpha: 3, scaling: .rslora, initialisation: .gaussian)),
            MethodCase("lora+", LoRAPlus(LoRA(rank: 3, alpha: 6), ratio: 4)),
            MethodCase("asylora", AsymmetricLoRA(LoRA(rank: 3, alpha: 6))),
            MethodCase("dora", DoRA(LoRA(rank: 3, alpha: 6))),
            MethodCase("vera", VeRA(rank: 9)),
            MethodCase("lora with embeddings", TrainedTables(lora, tables: [.embedding])),
            MethodCase("dora with a head", TrainedTables(DoRA(lora), tables: [.head])),
            MethodCase(
                "relora with both",
                TrainedTables(
                    ReLoRA(lora, restarts: Restarts(everySteps: 5, warmupSteps: 2)),
                    tables: [.embedding, .head])),
            MethodCase("noisy lora", NEFTune(lora, alpha: 5)),
            MethodCase(
                "relora",
                ReLoRA(
                    LoRA(rank: 3, alpha: 6), restarts: Restarts(everySteps: 5, warmupSteps: 2))),
            MethodCase(
                "remora",
                ReMoRA(
                    MoRA(rank: 3, kind: .sharing), restarts: Restarts(everySteps: 5, warmupSteps: 2)
                )),
        ] + MoRAOperator.allCases.map { MethodCase("mora \($0.rawValue)", MoRA(rank: 3, kind: $0)) }

    static let all =
        exactAtTheStart + [
            MethodCase("pissa", SpectralLoRA(LoRA(rank: 3, alpha: 3), part: .pissa)),
            MethodCase(
                "milora", SpectralLoRA(LoRA(rank: 3, alpha: 1.5, scaling: .rslora), part: .milora)),
        ]

    /// Methods whose gradient is that of the loss; DoRA's leaves a term out, and noise is on the loss
    /// in training alone.
    static let differentiable = all.filter { $0.method.name != "dora" && !($0.method is NEFTune) }

    /// Methods whose loss in training is another one at each step.
    static let dropping = [
        MethodCase("lora", LoRA(rank: 3, alpha: 6, dropout: 0.3)),
        MethodCase("dora", DoRA(LoRA(rank: 3, alpha: 6, dropout: 0.3))),
        MethodCase("vera", VeRA(rank: 9, dropout: 0.3)),
        MethodCase("noisy full", NEFTune(FullFineTuning(), alpha: 5)),
        MethodCase("noisy lora", NEFTune(lora, alpha: 5)),
        MethodCase("mora", MoRA(rank: 3, dropout: 0.3)),
    ]
}
