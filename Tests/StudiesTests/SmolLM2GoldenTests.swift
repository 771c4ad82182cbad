import Adapters
import Bases
import Catalog
import Datasets
import Evaluation
import Foundation
import Models
import Studies
import Tensors
import TestSupport
import Testing
import Tokenizers
import Training

/// The real model against numbers of PyTorch, transformers and PEFT.
@Suite(
    .serialized,
    .enabled(
        if: Golden.isAvailable,
        "needs the reference numbers and SmolLM2-135M: `lethe model get smollm2-135m`"))
struct SmolLM2GoldenTests {
    @Test("per-token losses of four prompts and of 2,048 tokens of text")
    func losses() throws {
        let golden = try Golden.read()
        let base = try Golden.base()
        let arena = Arena()
        for prompt in golden.forward {
            #expect(base.tokenizer.encode(prompt.prompt) == prompt.ids)
            expectClose(
                losses(base.model, prompt.ids, arena), prompt.nll, relative: 0, absolute: 2e-3)
        }
        for (row, expected) in golden.textLoss.rowNLL.enumerated() {
            let ids = Array(golden.textLoss.ids[row * 512..<(row + 1) * 512])
            let nll = losses(base.model, ids, arena)
            expectClose(
                [nll.reduce(0, +) / Double(nll.count)], [expected], relative: 0, absolute: 2e-4)
        }
    }

    @Test("40 greedy tokens of four prompts")
    func greedyTokens() throws {
        let golden = try Golden.read()
        let base = try Golden.base()
        let generated = try Generator(model: base.model, arena: Arena(), stopTokens: [])
            .generate(golden.forward.map { .init(prompt: $0.ids, maxTokens: 40) })
        for (tokens, prompt) in zip(generated, golden.forward) {
            #expect(tokens == prompt.greedy)
        }
    }

    @Test("a prompt of its own chat template, as transformers lays it out")
    func chatTemplate() throws {
        let base = try Golden.base()
        let template = try TemplateName.model.template(
            of: base.name, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
        #expect(
            try template.laidOut(Record(instruction: "What is 1 + 1?", output: "2")).promptText
                == """
                <|im_start|>system
                You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
                <|im_start|>user
                What is 1 + 1?<|im_end|>
                <|im_start|>assistant

                """)
    }

    @Test("six steps of full fine-tuning")
    func fullFineTuning() throws {
        let golden = try Golden.read()
        try check(FullFineTuning(), golden.full, golden: golden, learningRate: 1e-5) { _ in }
    }

    @Test("six steps of LoRA of rank 8 on all projections")
    func lora() throws {
        let golden = try Golden.read()
        try check(LoRA(rank: 8, alpha: 16), golden.lora, golden)
    }

    @Test("six steps of rank-stabilised LoRA")
    func rankStabilisedLoRA() throws {
        let golden = try Golden.read()
        try check(LoRA(rank: 8, alpha: 16, scaling: .rslora), golden.rslora, golden)
    }

    @Test("six steps of DoRA")
    func dora() throws {
        let golden = try Golden.read()
        try check(DoRA(LoRA(rank: 8, alpha: 16)), golden.dora, golden)
    }

    /// An adapter whose A starts as the reference's did.
    private func check(
        _ method: some FineTuningMethod, _ expected: Golden.Curve, _ golden: Golden
    ) throws {
        try check(method, expected, golden: golden, learningRate: 1e-3) { tuned in
            #expect(tuned.trainableCount == expected.trainable)
            for parameter in tuned.trainable where parameter.name.contains("lora_A") {
                for row in 0..<parameter.rows {
                    for column in 0..<parameter.columns {
                        let angle = 1 + 0.7 * Double(row) + 0.013 * Double(column)
                        parameter.values[row * parameter.columns + column] =
                            Float(0.05 * sin(angle))
                    }
                }
            }
        }
    }

    private func check(
        _ method: some FineTuningMethod, _ expected: Golden.Curve, golden: Golden,
        learningRate: Double, prepare: (FineTunedModel) -> Void
    ) throws {
        var random = SeededRandom(seed: 0)
        let tuned = try method.attach(to: try Golden.base().model, using: &random)
        prepare(tuned)
        let batch = golden.full.batch ?? []
        let trainer = try Trainer(
            tuned, examples: batch.map { TokenizedExample(text: $0, byteCount: 1) },
            batchSize: batch.count,
            settings: TrainingSettings(
                learningRate: learningRate,
                schedule: LearningRateSchedule(shape: .constant, warmupSteps: 0, totalSteps: 6),
                gradientClip: 0),
            arena: Arena())
        let reports = (0..<6).map { _ in trainer.trainStep() }
        expectClose(reports.map(\.loss), expected.losses, relative: 1e-3, absolute: 0)
        expectClose(
            [reports[0].gradientNorm], [expected.gradientNorm], relative: 1e-3, absolute: 0)
    }

    private func losses(_ model: Transformer, _ ids: [Int32], _ arena: Arena) -> [Double] {
        let tape = Tape(arena: arena, isRecording: false)
        defer { tape.reset() }
        let inputs = Array(ids.dropLast())
        let hidden = model.hidden(
            inputs, layout: SequenceLayout(offsets: [0, inputs.count]), on: tape)
        return tape.logLikelihoods(
            hidden, head: model.output, rows: inputs.indices.map { Int32($0) },
            targets: Array(ids.dropFirst())
        ).map { -Double($0.logLikelihood) }
    }
}

/// The reference numbers, and where the model is.
private struct Golden: Decodable {
    struct Prompt: Decodable {
        var prompt: String
        var ids: [Int32]
        var nll: [Double]
        var greedy: [Int32]

        enum CodingKeys: String, CodingKey {
            case prompt, ids, nll
            case greedy = "greedy_40"
        }
    }

    struct TextLoss: Decodable {
        var ids: [Int32]
        var rowNLL: [Double]

        enum CodingKeys: String, CodingKey {
            case ids
            case rowNLL = "row_nll"
        }
    }

    struct Curve: Decodable {
        var batch: [[Int32]]?
        var trainable: Int?
        var losses: [Double]
        var gradientNorm: Double

        enum CodingKeys: String, CodingKey {
            case batch, trainable, losses
            case gradientNorm = "grad_norm_step0"
        }
    }

    var forward: [Prompt]
    var textLoss: TextLoss
    var full: Curve
    var lora: Curve
    var rslora: Curve
    var dora: Curve

    enum CodingKeys: String, CodingKey {
        case forward, full, lora, rslora, dora
        case textLoss = "text_loss"
    }

    static var isAvailable: Bool {
        sharedFolder != nil && FileManager.default.fileExists(atPath: model.path)
    }

    static var model: URL {
        ProcessInfo.processInfo.environment["LETHE_SMOLLM2"].map { URL(filePath: $0) }
            ?? ModelCatalog().localURL(of: ModelCatalog.smolLM2)
    }

    static func base() throws -> BaseModel { try BaseModel.load(name: "smollm2", from: model) }

    static func read() throws -> Golden {
        let folder = try #require(sharedFolder)
        let file = folder.appending(path: "golden/smollm2.json")
        return try JSONDecoder().decode(Golden.self, from: try Data(contentsOf: file))
    }
}
