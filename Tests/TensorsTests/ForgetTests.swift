import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ForgetTests {
    private struct Gradients: Equatable {
        var gain: [Float]
        var gate: [Float]
        var down: [Float]
    }

    /// Four gated MLPs behind norms, with or without their cheap values kept.
    private func gradients(forgetting: Bool, arena: Arena) throws -> Gradients {
        var generator = SmallGenerator(state: 5)
        let gain = try Parameter("norm.weight", rows: 1, columns: 24, isTrainable: true)
        let gate = try Parameter("gate", rows: 40, columns: 24, isTrainable: true)
        let down = try Parameter("down", rows: 24, columns: 40, isTrainable: true)
        let table = try Parameter("table", rows: 7, columns: 24, isTrainable: true)
        for parameter in [gain, gate, down, table] {
            parameter.fillNormal(deviation: 0.5, using: &generator)
        }
        let tape = Tape(arena: arena, isRecording: true)
        defer { tape.reset() }
        var x = tape.embedding([0, 3, 6, 2, 3], table: table)
        for _ in 0..<4 {
            let normed = tape.rmsNorm(x, gain: gain, epsilon: 1e-5)
            let left = tape.linear(normed, weight: gate)
            let right = tape.linear(normed, weight: gate)
            if forgetting { tape.forget(normed) }
            let product = tape.gated(.silu, gate: left, up: right)
            x = tape.linear(product, weight: down)
            if forgetting { tape.forget(product) }
        }
        _ = tape.crossEntropy(
            x, head: OutputHead(table), targets: [1, 2, 3, 4, 5], weights: [1, 1, 0, 1, 0.5])
        tape.backward()
        func copy(_ parameter: Parameter) throws -> [Float] {
            let gradient = try #require(parameter.gradient)
            return Array(UnsafeBufferPointer(start: gradient, count: parameter.count))
        }
        return Gradients(gain: try copy(gain), gate: try copy(gate), down: try copy(down))
    }

    @Test("forgotten values are made again to the bit")
    func forgottenValuesAreMadeAgain() throws {
        let kept = try gradients(forgetting: false, arena: Arena())
        let forgotten = try gradients(forgetting: true, arena: Arena())
        #expect(kept == forgotten)
        #expect(kept.gate.contains { $0 != 0 })
    }

    @Test("forgetting leaves less in use")
    func forgettingSavesMemory() throws {
        let (keeping, saving) = (Arena(), Arena())
        _ = try gradients(forgetting: false, arena: keeping)
        _ = try gradients(forgetting: true, arena: saving)
        #expect(saving.highWater < keeping.highWater)
    }
}
