import Adapters
import Datasets
import Foundation
import Models
import TestSupport
import Tensors
import Testing
import Training

/// A small model of every family against numbers of PyTorch, transformers and PEFT.
///
/// Read are the folders below `golden/families` of the shared folder, and below `$LETHE_FAMILIES`.
@Suite(.enabled(if: !FamilyGolden.folders.isEmpty, "needs the reference models of the families"))
struct FamilyGoldenTests {
    @Test("the loss of every token of two texts", arguments: FamilyGolden.folders)
    func losses(folder: URL) throws {
        let golden = try FamilyGolden(folder)
        for (row, expected) in zip(golden.numbers.rows, golden.numbers.nll) {
            expectClose(golden.losses(row), expected, relative: 0, absolute: 1e-4)
        }
        #expect(golden.model.configuration.parameterCount == golden.numbers.parameters)
    }

    @Test("greedy tokens, over a cache", arguments: FamilyGolden.folders)
    func greedyTokens(folder: URL) throws {
        let golden = try FamilyGolden(folder)
        let expected = golden.numbers.greedy
        let tokens = try Generator(model: golden.model, arena: Arena(), stopTokens: [])
            .generate([.init(prompt: expected.prompt, maxTokens: expected.ids.count)])[0]
        if expected.smallestGap > 1e-3 { #expect(tokens == expected.ids) }
    }

    @Test("five steps of full fine-tuning", arguments: FamilyGolden.folders)
    func full(folder: URL) throws {
        let golden = try FamilyGolden(folder)
        var random = SmallGenerator(state: 0)
        let tuned = try FullFineTuning().attach(to: golden.model, using: &random)
        #expect(tuned.trainableCount == golden.numbers.parameters)
        try check(tuned, golden.numbers.full, golden, learningRate: 1e-3)
    }

    @Test(
        "five steps of LoRA beside every linear layer but the head", arguments: FamilyGolden.folders
    )
    func lora(folder: URL) throws {
        let golden = try FamilyGolden(folder)
        let method = LoRA(rank: 4, alpha: 8)
        var random = SmallGenerator(state: 0)
        let tuned = try method.attach(to: golden.model, using: &random)
        #expect(tuned.trainableCount == golden.numbers.lora.trainable)
        #expect(method.trainableCount(for: golden.model.configuration) == tuned.trainableCount)
        #expect(
            tuned.adapterConfiguration?.values["target_modules"]
                == .texts(golden.numbers.lora.targets ?? []))
        for parameter in tuned.trainable where parameter.name.hasSuffix("lora_A.weight") {
            for row in 0..<parameter.rows {
                for column in 0..<parameter.columns {
                    parameter.values[row * parameter.columns + column] = Float(
                        0.05 * sin(1 + 0.7 * Double(row) + 0.013 * Double(column)))
                }
            }
        }
        try check(tuned, golden.numbers.lora, golden, learningRate: 1e-2)
    }

    private func check(
        _ tuned: FineTunedModel, _ expected: FamilyGolden.Curve, _ golden: FamilyGolden,
        learningRate: Double
    ) throws {
        let rows = golden.numbers.rows
        let trainer = try Trainer(
            tuned, examples: rows.map { TokenizedExample(text: $0, byteCount: 1) },
            batchSize: rows.count,
            settings: TrainingSettings(
                learningRate: learningRate,
                schedule: LearningRateSchedule(shape: .constant, warmupSteps: 0, totalSteps: 5),
                gradientClip: 0),
            arena: Arena())
        let reports = expected.losses.map { _ in trainer.trainStep() }
        expectClose(reports.map(\.loss), expected.losses, relative: 1e-4, absolute: 0)
        expectClose(
            [reports[0].gradientNorm], [expected.gradientNorm], relative: 1e-4, absolute: 0)
    }

    @Test(
        "what full fine-tuning writes is read again, as the same model",
        arguments: FamilyGolden.folders)
    func saving(folder: URL) throws {
        let golden = try FamilyGolden(folder)
        let row = golden.numbers.rows[0]
        try withTemporaryFolder { saved in
            try golden.model.save(toFolder: saved)
            let again = try FamilyGolden.model(saved)
            #expect(again.configuration == golden.model.configuration)
            #expect(golden.losses(row, of: again) == golden.losses(row))
        }
    }
}

/// A reference model and its numbers.
struct FamilyGolden {
    struct Curve: Decodable {
        var losses: [Double]
        var gradientNorm: Double
        var trainable: Int?
        var targets: [String]?

        enum CodingKeys: String, CodingKey {
            case losses, trainable, targets
            case gradientNorm = "grad_norm_step0"
        }
    }

    struct Greedy: Decodable {
        var prompt: [Int32]
        var ids: [Int32]
        var smallestGap: Double

        enum CodingKeys: String, CodingKey {
            case ids
            case prompt = "prompt_ids"
            case smallestGap = "smallest_gap"
        }
    }

    struct Numbers: Decodable {
        var rows: [[Int32]]
        var nll: [[Double]]
        var greedy: Greedy
        var full: Curve
        var lora: Curve
        var parameters: Int

        enum CodingKeys: String, CodingKey {
            case rows, nll, full, lora, parameters
            case greedy = "greedy_24"
        }
    }

    let model: Transformer
    let numbers: Numbers

    init(_ folder: URL) throws {
        model = try Self.model(folder)
        let file = folder.appending(path: "golden.json")
        numbers = try JSONDecoder().decode(Numbers.self, from: try Data(contentsOf: file))
    }

    static func model(_ folder: URL) throws -> Transformer {
        try Transformer.load(
            try HuggingFaceConfiguration.read(folder.appending(path: "config.json")),
            from: try openWeightFile(at: folder), path: folder.path)
    }

    /// −log of the probability of every token after the first.
    func losses(_ row: [Int32], of other: Transformer? = nil) -> [Double] {
        let model = other ?? model
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let inputs = Array(row.dropLast())
        let hidden = model.hidden(
            inputs, layout: SequenceLayout(offsets: [0, inputs.count]), on: tape)
        return tape.logLikelihoods(
            hidden, head: model.output, rows: inputs.indices.map { Int32($0) },
            targets: Array(row.dropFirst())
        ).map { -Double($0.logLikelihood) }
    }

    static var folders: [URL] {
        let shared = sharedFolder.map { $0.appending(path: "golden/families") }
        let named = ProcessInfo.processInfo.environment["LETHE_FAMILIES"].map { URL(filePath: $0) }
        return [shared, named].compactMap { $0 }.flatMap { parent in
            let found = try? FileManager.default.contentsOfDirectory(
                at: parent, includingPropertiesForKeys: nil)
            return (found ?? []).filter {
                FileManager.default.fileExists(atPath: $0.appending(path: "golden.json").path)
            }.sorted { $0.path < $1.path }
        }
    }
}
