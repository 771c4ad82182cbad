import Kernels
import TestSupport
import Tensors
import Testing

@Suite struct TapeTests {
    /// Floats in use at the most in a chain of blocks that each take a scope.
    private func highWater(layers: Int, recording: Bool) throws -> Int {
        let rows = 40
        let shape = AttentionShape(heads: 4, kvHeads: 2, size: 4)
        let gain = try Parameter("g", rows: 1, columns: 16, isTrainable: true)
        let wide = try Parameter("w", rows: 16, columns: 16, isTrainable: true)
        let narrow = try Parameter("n", rows: 8, columns: 16, isTrainable: true)
        let table = try RotaryTable(headSize: 4, positionCount: rows, theta: 100)
        let layout = SequenceLayout(offsets: [0, rows])
        let arena = Arena()
        let tape = Tape(arena: arena, isRecording: recording)
        var x = tape.embedding([Int32](repeating: 3, count: rows), table: wide)
        for _ in 0..<layers {
            x = tape.scope(consuming: x) {
                let normed = tape.rmsNorm(x, gain: gain, epsilon: 1e-5)
                let (q, k) = (
                    tape.linear(normed, weight: wide), tape.linear(normed, weight: narrow)
                )
                tape.rotate(q, positions: layout.positions, table: table)
                let v = tape.linear(normed, weight: narrow)
                let mixed = tape.attention(q: q, k: k, v: v, layout: layout, shape: shape)
                let output = tape.linear(
                    tape.gated(
                        .silu,
                        gate: tape.linear(mixed, weight: wide), up: tape.linear(mixed, weight: wide)
                    ), weight: wide)
                tape.add(x, into: output)
                return output
            }
        }
        tape.reset()
        return arena.highWater
    }

    @Test("without recording the memory does not grow with the layers")
    func scopeFreesMemory() throws {
        let few = try highWater(layers: 2, recording: false)
        #expect(try highWater(layers: 40, recording: false) == few)
        #expect(try highWater(layers: 40, recording: true) > 5 * few)
    }

    @Test("nothing is computed for values that no trainable parameter reaches")
    func frozenPartsGetNoGradient() throws {
        let frozen = try Parameter("f", rows: 8, columns: 8, isTrainable: false)
        let trained = try Parameter("t", rows: 8, columns: 8, isTrainable: true)
        frozen.fill(0.1)
        trained.fill(0.2)
        let tape = Tape(arena: Arena(), isRecording: true)
        let x = tape.embedding([1, 2], table: frozen)
        let y = tape.linear(tape.linear(x, weight: frozen), weight: trained)
        _ = tape.crossEntropy(y, head: OutputHead(frozen), targets: [0, 1], weights: [1, 1])
        let forward = tape.flops
        tape.backward()
        #expect(frozen.gradient == nil && trained.gradient != nil)
        #expect(tape.gradient(x) == nil)
        #expect(tape.flops == forward + 2 * 2 * 8 * 8)
        tape.reset()
        #expect(trained.gradient == nil)
    }

    @Test("dropout does nothing when nothing is recorded or the probability is 0")
    func dropout() {
        let values = [Float](repeating: 1, count: 64)
        for (recording, probability, isSame) in [
            (false, 0.5, true), (true, 0, true), (true, 0.5, false),
        ] {
            let tape = Tape(arena: Arena(), isRecording: recording)
            let x = values.withUnsafeBufferPointer { tape.constant($0, rows: 8, columns: 8) }
            let y = tape.dropout(x, probability: Float(probability), seed: 1)
            #expect((Array(tape.values(y)) == values) == isSame)
        }
    }

    @Test("a second residual for the same tensor, or a tensor as its own, is a trap")
    func secondResidual() async {
        await #expect(processExitsWith: .failure) { TapeTests.addResiduals(second: true) }
        await #expect(processExitsWith: .failure) { TapeTests.addResiduals(toItself: true) }
        await #expect(processExitsWith: .success) { TapeTests.addResiduals() }
    }

    private static func addResiduals(second: Bool = false, toItself: Bool = false) {
        let tape = Tape(arena: Arena(), isRecording: true)
        let tensors = (0..<3).map { _ in
            [Float(1)].withUnsafeBufferPointer { tape.constant($0, rows: 1, columns: 1) }
        }
        tape.add(tensors[0], into: tensors[toItself ? 0 : 2])
        if second { tape.add(tensors[1], into: tensors[2]) }
    }
}
