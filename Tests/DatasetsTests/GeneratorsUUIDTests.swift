import Foundation
import Testing

@testable import Datasets

@Suite struct GeneratorsUUIDTests {
    private struct Row: Decodable {
        let instruction: String
        let input: String
        let output: String
    }

    private func identifiers(seed: UInt64, count: Int) throws -> [String] {
        try UUIDDataset(seed: seed).records(count: count).flatMap { line -> [String] in
            let row = try JSONDecoder().decode(Row.self, from: Data(line.json.utf8))
            #expect(row.input.isEmpty)
            return [row.instruction, row.output]
        }
    }

    @Test func identifiersAreOfVersion4AndAllDifferent() throws {
        let all = try identifiers(seed: EmbeddedData.seed, count: 500)
        #expect(Set(all).count == 1000)
        for digits in all.map({ Array($0) }) {
            #expect(digits.count == 32)
            #expect(digits.allSatisfy { "0123456789abcdef".contains($0) })
            #expect(digits[12] == "4")
            #expect("89ab".contains(digits[16]))
        }
    }

    @Test func everyOtherDigitTakesEveryValueEquallyOften() throws {
        let all = try identifiers(seed: 5, count: 2000).map { Array($0) }
        for place in 0..<32 where place != 12 {
            let values = place == 16 ? 4.0 : 16.0
            let counts = Dictionary(grouping: all, by: { $0[place] }).mapValues { Double($0.count) }
            #expect(Double(counts.count) == values)
            // Five standard deviations of a binomial count.
            let (mean, share) = (4000 / values, 1 / values)
            let bound = 5 * (4000 * share * (1 - share)).squareRoot()
            #expect(counts.values.allSatisfy { abs($0 - mean) < bound })
        }
    }
}
