import Foundation
import TestSupport
import Testing

@testable import Evaluation

/// What lm-evaluation-harness asks of small files, made by `Tests/Peers/harness_goldens.py`.
@Suite struct HarnessRequestTests {
    private struct Golden: Decodable {
        let settings: [Setting]
        let answers: [Answer]?
    }

    private struct Setting: Decodable {
        let shots: Int
        let documents: [Document]
    }

    private struct Document: Decodable {
        let context: String?
        let contexts: [String]?
        let continuations: [String]?
        let gold: Int?
        let until: [String]?
        let max_gen_toks: Int?
        let target: String?
        let loglikelihoods: [Double]?
        let metrics: [String: Double]?
    }

    private struct Answer: Decodable {
        let document: Int
        let text: String
        let filters: [String: Extraction]

        struct Extraction: Decodable {
            let extracted: String
            let exact_match: Double
        }
    }

    private static func golden(_ name: String) throws -> Golden {
        let file = Tasks.harnessFolder.appending(path: "requests/\(name).json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }

    private static func items(_ name: String, shots: Int) throws -> TaskItems {
        try Tasks.items(name, in: Tasks.harnessFolder.appending(path: "data"), shots: shots)
    }

    @Test(
        "questions with options are asked as the harness asks them, with and without examples",
        arguments: [
            "hellaswag", "arc_easy", "arc_challenge", "winogrande", "piqa", "openbookqa", "boolq",
            "commonsense_qa", "mmlu_anatomy", "mmlu_moral_scenarios", "truthfulqa_mc1",
        ])
    func choices(name: String) throws {
        for setting in try Self.golden(name).settings {
            let shots = try Tasks.named(name).examples.source == .none ? nil : setting.shots
            let items = try Tasks.items(
                name, in: Tasks.harnessFolder.appending(path: "data"), shots: shots
            ).choices
            #expect(items.count == setting.documents.count)
            for (item, document) in zip(items, setting.documents) {
                let contexts =
                    document.contexts ?? item.requests.map { _ in document.context ?? "" }
                #expect(item.requests.map(\.context) == contexts, "\(name) \(setting.shots)")
                #expect(item.requests.map(\.continuation) == document.continuations)
                #expect(item.gold == document.gold)
                check(item, document)
            }
        }
    }

    /// The harness' own verdicts on made-up likelihoods.
    private func check(_ item: MultipleChoiceItem, _ document: Document) {
        let scores = OptionScores(
            logLikelihoods: document.loglikelihoods ?? [], lengths: item.optionLengths)
        #expect((scores.choice == item.gold ? 1 : 0) == document.metrics?["acc"])
        guard let normalised = document.metrics?["acc_norm"] else { return }
        #expect((scores.normalisedChoice == item.gold ? 1 : 0) == normalised)
    }

    @Test(
        "ends of texts are asked for as the harness asks for them",
        arguments: ["lambada_openai", "lambada_standard"])
    func continuations(name: String) throws {
        for setting in try Self.golden(name).settings {
            let items = try Self.items(name, shots: setting.shots).continuations
            #expect(items.map(\.request.context) == setting.documents.map(\.context))
            #expect(
                items.map { [$0.request.continuation] } == setting.documents.map(\.continuations))
        }
    }

    @Test(
        "answers are asked for as the harness asks for them",
        arguments: ["gsm8k", "gsm8k_cot", "mbpp", "humaneval"])
    func written(name: String) throws {
        let task = try Tasks.named(name)
        guard case .written(let question) = task.question else {
            Issue.record("\(name) has no written answers")
            return
        }
        for setting in try Self.golden(name).settings {
            let shots = task.examples.source == .none ? nil : setting.shots
            let items = try Tasks.items(
                name, in: Tasks.harnessFolder.appending(path: "data"), shots: shots
            ).written
            #expect(items.map(\.prompt) == setting.documents.map(\.context), "\(setting.shots)")
            #expect(setting.documents.allSatisfy { $0.until == question.stops })
            #expect(setting.documents.allSatisfy { $0.max_gen_toks == question.maximumTokens })
            if question.program != nil {
                #expect(items.map(\.program?.tests) == setting.documents.map(\.target))
            } else if name == "gsm8k" {
                #expect(items.map(\.answer) == setting.documents.map(\.target))
            }
        }
    }

    @Test(
        "answers are judged as the harness judges them",
        arguments: ["gsm8k", "gsm8k_cot"])
    func judged(name: String) throws {
        let golden = try Self.golden(name)
        let targets = try #require(golden.settings.first).documents.compactMap(\.target)
        let metrics = try Tasks.named(name).answerMetrics
        #expect(metrics.map(\.name) == ["exact_match", "exact_match_flexible"])
        for answer in try #require(golden.answers) {
            for (metric, filter) in zip(metrics, ["strict-match", "flexible-extract"]) {
                let expected = try #require(answer.filters[filter])
                guard case .exactMatch(let comparison) = metric.rule else { return }
                #expect(comparison.extracted(from: answer.text) == expected.extracted)
                #expect(
                    metric.score(answer.text, gold: targets[answer.document])
                        == expected.exact_match)
            }
        }
    }

    @Test("examples are drawn as Python draws them")
    func draws() throws {
        struct Draw: Decodable {
            let population: Int
            let count: Int
            let draws: [[Int]]
        }
        let file = Tasks.harnessFolder.appending(path: "draws.json")
        for golden in try JSONDecoder().decode([Draw].self, from: Data(contentsOf: file)) {
            var random = PythonRandom(seed: 1234)
            for draw in golden.draws {
                #expect(random.sample(golden.count, of: golden.population) == draw)
            }
        }
    }
}
