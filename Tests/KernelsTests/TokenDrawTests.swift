import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct TokenDrawTests {
    private struct Case: Decodable {
        var temperature: Float
        var topP: Float
        var logits: [Float]
        var probabilities: [Double]

        enum CodingKeys: String, CodingKey {
            case temperature, logits, probabilities
            case topP = "top_p"
        }
    }

    private func probabilities(
        _ logits: [Float], temperature: Float = 1, topP: Float
    ) -> [Double] {
        let weights = TokenDraw.weights(
            logits, count: logits.count, temperature: temperature, topP: topP)
        let total = weights.reduce(0.0) { $0 + Double($1) }
        return weights.map { Double($0) / total }
    }

    @Test("temperature and top-p leave what transformers leaves")
    func golden() throws {
        let file = fixture("generation/top-p.json")
        let cases = try JSONDecoder().decode([Case].self, from: try Data(contentsOf: file))
        #expect(cases.count == 6)
        for sample in cases {
            let own = probabilities(
                sample.logits, temperature: sample.temperature, topP: sample.topP)
            expectClose(own, sample.probabilities, relative: 1e-5, absolute: 2e-7)
            #expect(own.map { $0 > 0 } == sample.probabilities.map { $0 > 0 })
        }
    }

    @Test("the token that crosses the share stays, and of equal ones the lower id")
    func edges() {
        let logits = [0.1, 0.4, 0.1, 0.4].map { Float(log($0)) }
        func kept(_ topP: Float) -> [Int] {
            probabilities(logits, topP: topP).enumerated().filter { $0.element > 0 }.map(\.offset)
        }
        #expect(kept(1e-30) == [1])
        #expect(kept(0.39) == [1])
        #expect(kept(0.41) == [1, 3])
        #expect(kept(0.79) == [1, 3])
        #expect(kept(0.81) == [0, 1, 3])
        #expect(kept(0.91) == [0, 1, 2, 3])
        #expect(kept(1) == [0, 1, 2, 3])
        expectClose(
            probabilities(logits, topP: 0.6), [0, 0.5, 0, 0.5], relative: 1e-6, absolute: 0)
        expectClose(probabilities([3], topP: 0.5), [1], relative: 0, absolute: 0)
    }

    @Test("a share of the weights falls into its place")
    func places() {
        let weights: [Float] = [0, 1, 0, 3, 0]
        #expect(TokenDraw.place(of: 0, in: weights) == 1)
        #expect(TokenDraw.place(of: 0.24, in: weights) == 1)
        #expect(TokenDraw.place(of: 0.26, in: weights) == 3)
        #expect(TokenDraw.place(of: 1, in: weights) == 3)
        #expect(TokenDraw.place(of: 0.5, in: [0, 0]) == nil)
        #expect(TokenDraw.place(of: 0.5, in: [.nan]) == nil)
    }
}
