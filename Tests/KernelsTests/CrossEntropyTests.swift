import Kernels
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
    private struct Outcome {
        var loss: [Float]
        var gradient: [Float]
        var likelihoodLoss: [Float]
        var best: [Int32]
    }

    private func outcome(
        _ logits: [Float], targets: [Int32], weights: [Float], vocabulary: Int
    ) -> Outcome {
        let rows = targets.count
        var outcome = Outcome(
            loss: [Float](repeating: .nan, count: rows), gradient: logits,
            likelihoodLoss: [Float](repeating: .nan, count: rows),
            best: [Int32](repeating: -1, count: rows))
        CrossEntropy.lossAndGradient(
            &outcome.gradient, targets: targets, weights: weights, loss: &outcome.loss, rows: rows,
            vocabulary: vocabulary)
        CrossEntropy.logLikelihood(
            logits, targets: targets, loss: &outcome.likelihoodLoss, best: &outcome.best,
            rows: rows, vocabulary: vocabulary)
        return outcome
    }

    @Test("loss, gradient and most likely token equal the reference", arguments: raggedSizes)
    func equalsReference(vocabulary: Int) {
        var random = RandomArrays(seed: 10)
        let rows = 7
        let logits = random.floats(rows * vocabulary, bound: 9)
        let targets = (0..<rows).map { Int32($0 * 5 % vocabulary) }
        let weights = random.floats(rows).map(abs)
        let result = outcome(logits, targets: targets, weights: weights, vocabulary: vocabulary)
        #expect(result.loss == result.likelihoodLoss)
        for row in 0..<rows {
            let range = row * vocabulary..<(row + 1) * vocabulary
            let x = Array(logits[range])
            let expected = Reference.crossEntropy(doubles(x), target: Int(targets[row]))
            expectClose(
                [Double(result.loss[row])], [expected.loss], relative: 1e-6, absolute: 3e-6)
            expectClose(
                doubles(Array(result.gradient[range])),
                expected.gradient.map { $0 * Double(weights[row]) }, relative: 1e-5, absolute: 1e-6)
            #expect(Int(result.best[row]) == x.firstIndex(of: x.max() ?? 0))
        }
    }

    @Test("large logits neither overflow nor lose the loss")
    func extremes() {
        let logits: [Float] = [
            1e4, 1e4, 1e4, -1e30, 0, 0, 3e38, -3e38, 0, 0, -.infinity, 0,
        ]
        let result = outcome(
            logits, targets: [0, 1, 0, 1], weights: [1, 1, 1, 1], vocabulary: 3)
        expectClose(Array(result.loss.prefix(3)), [1.098_612_3, 0.693_147_2, 0])
        #expect(result.loss[3] == .infinity)
        #expect(result.gradient.allSatisfy { $0.isFinite })
        #expect(result.gradient[9..<12].elementsEqual([0.5, -1, 0.5]))
    }

    @Test("a NaN among the logits gives a NaN loss")
    func nan() {
        let result = outcome([0, .nan, 1], targets: [0], weights: [1], vocabulary: 3)
        #expect(result.loss[0].isNaN)
    }

    @Test("a row of weight 0 has no gradient")
    func zeroWeight() {
        let result = outcome([1, 2, 3], targets: [0], weights: [0], vocabulary: 3)
        #expect(result.gradient.allSatisfy { $0 == 0 })
        #expect(result.loss[0] > 2)
    }
}
