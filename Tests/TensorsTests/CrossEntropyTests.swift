import Kernels
import TestSupport
import Tensors
import Testing

@Suite struct CrossEntropyTests {
    private let targets: [Int32] = [0, 12, 3, 3, 7, 1]
    private let weights: [Float] = [1, 0, 0.25, 1, 0, 0.5]

    private func parameter(_ rows: Int, seed: UInt64) throws -> Parameter {
        var generator = SmallGenerator(state: seed)
        let parameter = try Parameter("w", rows: rows, columns: 7, isTrainable: true)
        parameter.fillNormal(deviation: 1, using: &generator)
        return parameter
    }

    private func loss(
        _ table: Parameter, _ head: Parameter, softCap: Float? = nil, weights: [Float]? = nil,
        gradients: Bool = false
    ) -> (loss: BatchLoss, table: [Float], head: [Float]) {
        let tape = Tape(arena: Arena(), isRecording: gradients)
        defer { tape.reset() }
        let hidden = tape.embedding([0, 1, 2, 3, 4, 5], table: table)
        let loss = tape.crossEntropy(
            hidden, head: OutputHead(head, softCap: softCap), targets: targets,
            weights: weights ?? self.weights)
        guard gradients else { return (loss, [], []) }
        tape.backward()
        func copy(_ parameter: Parameter) -> [Float] {
            parameter.gradient.map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) }
                ?? []
        }
        return (loss, copy(table), copy(head))
    }

    @Test("the loss is the weighted mean of the reference's", arguments: [nil, Float(1.5)])
    func loss(softCap: Float?) throws {
        let (table, head) = (try parameter(6, seed: 1), try parameter(13, seed: 2))
        var expected = 0.0
        for (row, weight) in weights.enumerated() {
            let hidden = table.storage.buffer[row * 7..<(row + 1) * 7].map(Double.init)
            let logits = Reference.product(
                hidden, head.storage.buffer.map(Double.init), rows: 1, inner: 7, columns: 13,
                transposing: (false, true))
            let capped = logits.map { logit in
                softCap.map { Reference.softCap(logit, scale: 1, cap: Double($0)).value } ?? logit
            }
            let loss = Reference.crossEntropy(capped, target: Int(targets[row])).loss
            expected += Double(weight) * loss
        }
        let result = loss(table, head, softCap: softCap).loss
        #expect(result.weight == 2.75)
        expectClose([result.mean], [expected / 2.75], relative: 2e-6)
        #expect(loss(table, head, softCap: softCap, gradients: true).loss == result)
    }

    @Test(
        "the gradients of hidden rows and head agree with finite differences",
        arguments: [nil, Float(1.5)])
    func gradients(softCap: Float?) throws {
        let (table, head) = (try parameter(6, seed: 1), try parameter(13, seed: 2))
        let computed = loss(table, head, softCap: softCap, gradients: true)
        for (parameter, gradient) in [(table, computed.table), (head, computed.head)] {
            let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            let original = Array(parameter.storage.buffer)
            func moved(_ step: Double) -> Double {
                for i in gradient.indices {
                    parameter.values[i] = original[i] + Float(step * Double(gradient[i]) / norm)
                }
                return loss(table, head, softCap: softCap).loss.mean
            }
            let measured = (moved(0.01) - moved(-0.01)) / 0.02
            for i in original.indices { parameter.values[i] = original[i] }
            #expect(abs(measured - norm) < 2e-3 * norm, "\(measured) measured, \(norm) computed")
        }
        for row in [1, 4] {
            let gradient = computed.table[row * 7..<(row + 1) * 7]
            #expect(gradient.allSatisfy { $0 == 0 }, "row \(row) has weight 0")
        }
    }

    @Test("without any weight the loss is 0 and nothing gets a gradient")
    func noWeight() throws {
        let (table, head) = (try parameter(6, seed: 1), try parameter(13, seed: 2))
        let zero = [Float](repeating: 0, count: 6)
        let result = loss(table, head, weights: zero, gradients: true)
        #expect(result.loss.mean == 0 && result.loss.weight == 0)
        #expect(result.table.isEmpty && result.head.isEmpty)
    }

    @Test("log-likelihoods of chosen rows are minus the losses")
    func logLikelihoods() throws {
        let (table, head) = (try parameter(6, seed: 1), try parameter(13, seed: 2))
        let tape = Tape(arena: Arena(), isRecording: false)
        let hidden = tape.embedding([0, 1, 2, 3, 4, 5], table: table)
        let rows: [Int32] = [5, 0, 0, 2]
        let logits = Array(tape.logits(hidden, head: OutputHead(head), rows: rows))
        for (index, row) in rows.enumerated() {
            let best = (0..<13).max { logits[index * 13 + $0] < logits[index * 13 + $1] } ?? 0
            for target in [0, 5, best] {
                let result = tape.logLikelihoods(
                    hidden, head: OutputHead(head), rows: [row], targets: [Int32(target)])[0]
                let x = logits[index * 13..<(index + 1) * 13].map(Double.init)
                expectClose(
                    [Double(result.logLikelihood)],
                    [-Reference.crossEntropy(x, target: target).loss])
                #expect(result.isGreedy == (target == best))
            }
        }
        tape.reset()
    }
}
