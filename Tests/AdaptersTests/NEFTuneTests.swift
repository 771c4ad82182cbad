import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct NEFTuneTests {
    private let layout = SequenceLayout(offsets: [0, 40, 50])

    /// What is added to 50 rows of 20 columns.
    private func noise(alpha: Double, step: UInt64 = 0, recording: Bool = true) throws -> [Float] {
        let tuned = try AttachedMethod(NEFTune(LoRA(rank: 1, alpha: 1), alpha: alpha)).tuned
        tuned.dropout.step = step
        let tape = Tape(arena: Arena(), isRecording: recording)
        defer { tape.reset() }
        let zeros = [Float](repeating: 0, count: 1000)
        let rows = zeros.withUnsafeBufferPointer { tape.constant($0, rows: 50, columns: 20) }
        tuned.model.embeddingNoise?.add(to: rows, layout: layout, on: tape)
        return Array(tape.values(rows))
    }

    @Test("each sequence has uniform noise up to alpha over the root of its size")
    func bounds() throws {
        let noise = try noise(alpha: 5)
        for (part, size) in [(noise[..<800], 800.0), (noise[800...], 200.0)] {
            let bound = Float(5 / size.squareRoot())
            #expect(part.allSatisfy { abs($0) <= bound })
            #expect((part.max() ?? 0) > 0.97 * bound && (part.min() ?? 0) < -0.97 * bound)
            // The variance of a uniform distribution is a third of the squared bound.
            let variance = part.reduce(0) { $0 + $1 * $1 } / Float(part.count)
            expectClose([variance], [bound * bound / 3], relative: 0.1)
        }
        #expect(Set(noise).count > 990)
    }

    @Test("the noise is the step's own, and none without recording")
    func steps() throws {
        #expect(try noise(alpha: 5, step: 7) == noise(alpha: 5, step: 7))
        #expect(try noise(alpha: 5, step: 7) != noise(alpha: 5, step: 8))
        #expect(try noise(alpha: 5, recording: false).allSatisfy { $0 == 0 })
    }

    @Test("a negative strength is refused")
    func problems() {
        for (alpha, count) in [(0.0, 0), (5, 0), (-0.1, 1), (.nan, 1), (.infinity, 1)] {
            let method = NEFTune(FullFineTuning(), alpha: alpha)
            #expect(method.problems(for: smallConfiguration).count == count)
        }
    }
}
