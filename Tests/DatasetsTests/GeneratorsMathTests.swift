import Foundation
import Testing

@testable import Datasets

@Suite struct GeneratorsMathTests {
    private static let data = MathDataset(
        world: World(seed: EmbeddedData.seed), seed: EmbeddedData.seed)
    private static let train = data.records(isEvaluation: false, count: 3000)
    private static let evaluation = data.records(isEvaluation: true, count: 240)

    private struct Row: Decodable {
        let question: String
        let answer: String
    }

    private func decode(_ rows: [JSONLine]) throws -> [Row] {
        try rows.map { try JSONDecoder().decode(Row.self, from: Data($0.json.utf8)) }
    }

    private func value(_ left: Int, _ sign: Character, _ right: Int) -> Int? {
        switch sign {
        case "+": left + right
        case "-": left - right
        case "*": left * right
        case "/": right > 0 && left % right == 0 ? left / right : nil
        default: nil
        }
    }

    @Test func everyCalculationIsRight() throws {
        for row in try decode(Self.train + Self.evaluation) {
            let lines = row.answer.split(separator: "\n")
            var last: Int?
            for line in lines.dropLast() {
                let parts = line.components(separatedBy: "<<")
                let annotation = try #require(parts.last).components(separatedBy: ">>")
                let sides = annotation[0].split(separator: "=")
                let sign = try #require(sides[0].first { "+-*/".contains($0) })
                let numbers = sides[0].split(separator: sign).compactMap { Int($0) }
                try #require(parts.count == 2 && sides.count == 2 && numbers.count == 2)
                last = value(numbers[0], sign, numbers[1])
                #expect(last == Int(sides[1]))
                #expect(parts[0].hasSuffix("\(numbers[0]) \(sign) \(numbers[1]) = "))
                #expect(annotation[1].prefix { $0.isNumber } == sides[1])
            }
            let final = try #require(last)
            #expect(lines.last == "#### \(final)")
            #expect(row.question.hasSuffix("?"))
        }
    }

    @Test func evaluationIsNotInTraining() throws {
        let train = try decode(Self.train)
        let evaluation = try decode(Self.evaluation)
        let questions = Set(train.map(\.question))
        #expect(questions.count == 3000)
        #expect(evaluation.allSatisfy { !questions.contains($0.question) })
    }

    @Test func sameNumbersAreOnOneSideOfTheSplit() {
        #expect(MathTemplate.all.count >= 30)
        #expect(Set(MathTemplate.all.map { $0.name }).count == MathTemplate.all.count)
        var random = SeededRandom(seed: 4)
        for template in MathTemplate.all {
            let draws = (0..<300).map { _ in template.drawNumbers(&random) }
            #expect(draws.contains { template.isEvaluated($0) })
            #expect(draws.contains { !template.isEvaluated($0) })
        }
    }

    @Test func recordsAreShort() throws {
        let sizes = try decode(Self.train).map { $0.question.utf8.count + $0.answer.utf8.count }
        #expect((sizes.max() ?? 0) <= 300)
        #expect(sizes.count { (120...260).contains($0) } * 10 >= sizes.count * 7)
    }

    @Test func proseHasNoMarkup() {
        let text = JSONLine.lines(Self.data.prose(isEvaluation: false, count: 300))
        #expect(!text.contains("<<") && !text.contains("####"))
        #expect(text.contains(" = "))
    }
}
