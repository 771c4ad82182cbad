import Datasets
import TestSupport
import Testing

@testable import Evaluation

@Suite struct AccuracyTests {
    private struct GoldenFile: Decodable {
        let tasks: [String: GoldenTask]
    }

    private struct GoldenTask: Decodable {
        let acc: Double
        let acc_norm: Double?
        let rows: [GoldenRow]
    }

    private struct GoldenRow: Decodable {
        let row: Int
        let gold: Int
        let loglikelihood: [Double]
        let acc: Double
        let acc_norm: Double?
    }

    @Test(
        "accuracies equal the harness's on its own log-likelihoods",
        .enabled(if: sharedFolder != nil),
        arguments: ["hellaswag", "arc_challenge", "winogrande"])
    func harnessRows(name: String) throws {
        let golden = try #require(
            try Golden.object(GoldenFile.self, "multiple_choice.json").tasks[name])
        let items = try Tasks.sharedItems(name).choices
        let scores = golden.rows.map {
            OptionScores(logLikelihoods: $0.loglikelihood, lengths: items[$0.row].optionLengths)
        }
        let gold = golden.rows.map { items[$0.row].gold }
        #expect(gold == golden.rows.map(\.gold))
        #expect(zip(scores, gold).map { $0.choice == $1 } == golden.rows.map { $0.acc == 1 })
        expectClose([MeanScore(zip(scores, gold).map { $0.choice == $1 }).value], [golden.acc])
        guard let normalised = golden.acc_norm else { return }
        let expected = golden.rows.map { $0.acc_norm == 1 }
        #expect(zip(scores, gold).map { $0.normalisedChoice == $1 } == expected)
        expectClose(
            [MeanScore(zip(scores, gold).map { $0.normalisedChoice == $1 }).value], [normalised])
    }

    @Test("ties go to the first option, and a number gone wrong chooses nothing")
    func ties() {
        #expect(OptionScores(logLikelihoods: [-3, -1, -1], lengths: [1, 1, 1]).choice == 1)
        let scores = OptionScores(logLikelihoods: [-4, -2, -6], lengths: [2, 1, 3])
        #expect(scores.normalisedChoice == 0)
        #expect(OptionScores(logLikelihoods: [.nan, -1], lengths: [1, 1]).choice == nil)
    }

    @Test("the mean comes with its standard error")
    func meanScore() {
        let score = MeanScore([true, false, true, true])
        #expect(score.count == 4)
        expectClose([score.value, score.standardError], [0.75, 0.25])
        #expect(MeanScore([1.0]).standardError.isNaN)
    }

    @Test("retained accuracy weighs tasks alike")
    func retained() {
        expectClose([Accuracy.retained([0.2, 0.4, 0.9])], [0.5])
    }

    @Test("the mean of a ratio is weighted, and its error is that of the items")
    func ratio() {
        // Σ = 2 + 9 + 4 over 1 + 3 + 2 tokens: 2.5; the rests are -0.5, 1.5 and -1.
        let score = MeanScore(sums: [2, 9, 4], counts: [1, 3, 2])
        #expect(score.value == 2.5 && score.count == 3)
        expectClose([score.standardError], [(1.5 * (0.25 + 2.25 + 1)).squareRoot() / 6])
        let plain = MeanScore([0.5, 0, 1, 0.25])
        let same = MeanScore(sums: [0.5, 0, 1, 0.25], counts: [1, 1, 1, 1])
        expectClose(
            [same.value, same.standardError], [plain.value, plain.standardError],
            relative: 1e-12)
        #expect(MeanScore(sums: [1], counts: [4]).standardError.isNaN)
        #expect(MeanScore(sums: [.nan, 1], counts: [1, 1]).value.isNaN)
    }

    @Test("the error of a ratio is how much it differs between samples of items")
    func ratioSpread() {
        var random = SeededRandom(seed: 5)
        let unit = { (random: inout SeededRandom) in Double(random.uniform(below: 1000)) / 1000 }
        var values: [Double] = []
        var errors: [Double] = []
        for _ in 0..<400 {
            let counts = (0..<60).map { _ in 1 + random.uniform(below: 40) }
            let sums = counts.map { Double($0) * (1 + unit(&random)) + 4 * unit(&random) }
            let score = MeanScore(sums: sums, counts: counts)
            values.append(score.value)
            errors.append(score.standardError)
        }
        let spread = MeanScore(values).standardError * Double(values.count).squareRoot()
        expectClose([MeanScore(errors).value], [spread], relative: 0.1)
    }

    @Test(
        "pass@k equals its definition by counting",
        arguments: [(10, 3, 1, 0.3), (10, 3, 5, 1 - 21.0 / 252), (10, 0, 5, 0), (10, 8, 3, 1)])
    func passAtK(samples: Int, passed: Int, k: Int, expected: Double) {
        expectClose([Accuracy.passAtK(samples: samples, passed: passed, k: k)], [expected])
    }
}
