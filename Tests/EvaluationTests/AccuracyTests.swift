import Evaluation
import TestSupport
import Testing

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
        guard case .multipleChoice(let format) = try TaskDefinition.named(name).kind else {
            Issue.record("\(name) is not multiple choice")
            return
        }
        let items = try format.read(Golden.dataFile("\(name)/validation.jsonl"))
        let scores = golden.rows.map {
            OptionScores(logLikelihoods: $0.loglikelihood, lengths: items[$0.row].optionLengths)
        }
        let gold = golden.rows.map { items[$0.row].gold }
        #expect(gold == golden.rows.map(\.gold))
        #expect(zip(scores, gold).map { $0.choice == $1 } == golden.rows.map { $0.acc == 1 })
        expectClose([Accuracy.plain(scores, gold: gold).value], [golden.acc])
        guard let normalised = golden.acc_norm else { return }
        let expected = golden.rows.map { $0.acc_norm == 1 }
        #expect(zip(scores, gold).map { $0.normalisedChoice == $1 } == expected)
        expectClose([Accuracy.normalised(scores, gold: gold).value], [normalised])
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

    @Test("bits per byte of a uniform byte model is 8")
    func bitsPerByte() {
        expectClose(
            [Accuracy.bitsPerByte(negativeLogLikelihood: 5.545177444479562 * 10, byteCount: 10)],
            [8])
    }

    @Test(
        "pass@k equals its definition by counting",
        arguments: [(10, 3, 1, 0.3), (10, 3, 5, 1 - 21.0 / 252), (10, 0, 5, 0), (10, 8, 3, 1)])
    func passAtK(samples: Int, passed: Int, k: Int, expected: Double) {
        expectClose([Accuracy.passAtK(samples: samples, passed: passed, k: k)], [expected])
    }
}
