import Catalog
import Evaluation
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Scores SmolLM2 on published tasks and compares every log-likelihood with lm-evaluation-harness.
///
/// The environment variable `LETHE_GOLDEN_ROWS` sets how many rows of each task (at most 100).
@Suite(
    .serialized,
    .enabled(
        if: sharedFolder != nil && FileManager.default.fileExists(atPath: smolLM2File.path),
        "set LETHE_SMOLLM2 to the model's .gguf file or fetch smollm2-135m"))
struct MultipleChoiceGoldenTests {
    private struct Reference: Decodable {
        struct Task: Decodable {
            let rows: [Row]
        }

        struct Row: Decodable {
            let row: Int
            let gold: Int
            let loglikelihood: [Double]
            let acc: Double
            let accNorm: Double?

            enum CodingKeys: String, CodingKey {
                case row, gold, loglikelihood, acc
                case accNorm = "acc_norm"
            }
        }

        let tasks: [String: Task]
    }

    @Test("log-likelihoods and choices are those of lm-evaluation-harness")
    func harness() throws {
        let reference = try Golden.object(Reference.self, "multiple_choice.json")
        #expect(reference.tasks.keys.sorted() == ["arc_challenge", "hellaswag", "winogrande"])
        let (model, tokenizer) = try smolLM2()
        for (name, task) in reference.tasks.sorted(by: { $0.key < $1.key }) {
            let items = try Tasks.items(
                name, in: try Golden.dataFile(""), shots: 0, first: rowCount)
            let prepared = try items.prepared(
                tokenizer: tokenizer, context: model.configuration.maxSequenceLength)
            let result = try prepared.score(ScoringContext(model: model, arena: Arena()))
            #expect(result.samples.count == rowCount)
            for (sample, row) in zip(result.samples, task.rows) { check(sample, row, name) }
            let expected = task.rows.prefix(rowCount).map(\.acc).reduce(0, +)
            #expect(result.metrics[0].score.value == expected / Double(rowCount), "\(name)")
        }
    }

    private func check(_ sample: TaskSample, _ row: Reference.Row, _ task: String) {
        guard case .choice(let choice) = sample else {
            Issue.record("\(task) is a multiple-choice task")
            return
        }
        expectClose(choice.logLikelihoods, row.loglikelihood, relative: 0, absolute: 2e-2)
        #expect(choice.gold == row.gold, "\(task) row \(row.row)")
        #expect((choice.choice == row.gold) == (row.acc == 1), "\(task) row \(row.row)")
        #expect(
            choice.normalisedChoice.map { $0 == row.gold } == row.accNorm.map { $0 == 1 },
            "\(task) row \(row.row)")
    }

    private func smolLM2() throws -> (Transformer, Tokenizer) {
        let file = try GGUFFile(smolLM2File)
        let parts = try file.tokenizerMetadata()
        let tokenizer = try Tokenizer(
            ggufTokens: parts.tokens, merges: parts.merges, tokenTypes: parts.tokenTypes,
            preTokenizer: parts.preTokenizer,
            edges: TextEdges(
                prefixIDs: parts.prefixIDs, beginningID: parts.bosID, endIDs: parts.endIDs))
        let model = try Transformer.load(
            try file.modelConfiguration(), from: file, path: smolLM2File.path)
        return (model, tokenizer)
    }
}

private let rowCount =
    ProcessInfo.processInfo.environment["LETHE_GOLDEN_ROWS"].flatMap { Int($0) } ?? 25

private let smolLM2File: URL = {
    if let path = ProcessInfo.processInfo.environment["LETHE_SMOLLM2"] {
        return URL(filePath: path)
    }
    return ModelCatalog().localURL(of: ModelCatalog.smolLM2)
}()
