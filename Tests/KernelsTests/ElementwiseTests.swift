import Kernels
import TestSupport
import Testing

@Suite struct ElementwiseTests {
    @Test("accumulating, scaling and summing squares", arguments: raggedSizes + [300_000])
    func linearOperations(count: Int) {
        var random = RandomArrays(seed: 4)
        let (x, y) = (random.floats(count), random.floats(count))
        var sum = y
        Elementwise.accumulate(x, into: &sum, scale: -1.5, count: count)
        expectClose(sum, zip(x, y).map { $1 - 1.5 * $0 })
        var scaled = x
        Elementwise.scale(&scaled, by: 3, count: count)
        #expect(scaled == x.map { $0 * 3 })
        let squares = Elementwise.sumOfSquares(x, count: count)
        let expected = x.reduce(0.0) { $0 + Double($1) * Double($1) }
        expectClose([squares], [expected], relative: 1e-12)
    }

    @Test("the sum of no squares is 0, and a NaN or an infinity shows")
    func sumOfSquaresExtremes() {
        #expect(Elementwise.sumOfSquares([Float](), count: 0) == 0)
        #expect(Elementwise.sumOfSquares([1, .nan, 1], count: 3).isNaN)
        #expect(Elementwise.sumOfSquares([1, -.infinity], count: 2) == .infinity)
        #expect(Elementwise.sumOfSquares([3e38, 2e38], count: 2).isFinite)
    }

    @Test("a single number that is not finite shows, wherever it is", arguments: raggedSizes)
    func finiteness(count: Int) {
        let extremes: [Float] = [0, -0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -3e38]
        let x = (0..<count).map { extremes[$0 % extremes.count] }
        #expect(Elementwise.areFinite(x, count: count))
        for (place, value) in zip([0, count / 2, count - 1], [Float.nan, .infinity, -.infinity])
        where place >= 0 && count > 0 {
            var damaged = x
            damaged[place] = value
            #expect(!Elementwise.areFinite(damaged, count: count))
        }
    }

    @Test("SwiGLU and its gradient equal the reference", arguments: raggedSizes)
    func swiGLU(count: Int) {
        var random = RandomArrays(seed: 5)
        expectSwiGLU(gate: random.floats(count, bound: 8), up: random.floats(count))
    }

    @Test("SwiGLU keeps its accuracy from the far left to the far right")
    func swiGLUExtremes() {
        let gates = stride(from: Float(-87), through: 87, by: 0.37).map { $0 }
        expectSwiGLU(gate: gates, up: [Float](repeating: 1, count: gates.count))
    }

    private func expectSwiGLU(gate: [Float], up: [Float]) {
        var random = RandomArrays(seed: 6)
        let dOut = random.floats(gate.count)
        var out = [Float](repeating: .nan, count: gate.count)
        var (dGate, dUp) = (out, out)
        Elementwise.swiGLU(gate: gate, up: up, into: &out, count: gate.count)
        Elementwise.swiGLUBackward(
            dOut, gate: gate, up: up, dGate: &dGate, dUp: &dUp, count: gate.count)
        let pairs = Array(zip(doubles(gate), doubles(up)))
        expectClose(
            doubles(out), pairs.map { Reference.swiGLU(gate: $0, up: $1) }, relative: 2e-6,
            absolute: 1e-37)
        let gradients = zip(pairs, dOut).map { pair, d in
            let gradient = Reference.swiGLUBackward(gate: pair.0, up: pair.1)
            return (gate: Double(d) * gradient.dGate, up: Double(d) * gradient.dUp)
        }
        expectClose(doubles(dGate), gradients.map(\.gate), relative: 1e-5, absolute: 1e-7)
        expectClose(doubles(dUp), gradients.map(\.up), relative: 2e-6, absolute: 1e-37)
    }

    @Test("SwiGLU saturates: 0 far left, the gate far right, NaN stays")
    func swiGLUSaturates() {
        let gate: [Float] = [-100, -1e30, 100, 1e30, .nan, 0]
        var out = [Float](repeating: 7, count: gate.count)
        Elementwise.swiGLU(
            gate: gate, up: [Float](repeating: 2, count: gate.count), into: &out, count: gate.count)
        #expect(out[0] == 0 && out[1] == 0 && out[2] == 200 && out[3] == 2e30)
        #expect(out[4].isNaN && out[5] == 0)
    }

    @Test("the gradient of SwiGLU may overwrite gate and up")
    func swiGLUBackwardInPlace() {
        var random = RandomArrays(seed: 7)
        let (gate, up, dOut) = (random.floats(33), random.floats(33), random.floats(33))
        var (dGate, dUp) = (gate, up)
        Elementwise.swiGLUBackward(dOut, gate: gate, up: up, dGate: &dGate, dUp: &dUp, count: 33)
        var (inPlaceGate, inPlaceUp) = (gate, up)
        inPlaceGate.withUnsafeMutableBufferPointer { gate in
            inPlaceUp.withUnsafeMutableBufferPointer { up in
                guard let gate = gate.baseAddress, let up = up.baseAddress else { return }
                Elementwise.swiGLUBackward(
                    dOut, gate: gate, up: up, dGate: gate, dUp: up, count: 33)
            }
        }
        #expect(inPlaceGate == dGate && inPlaceUp == dUp)
    }

    @Test("argmax takes the first among equals", arguments: raggedSizes)
    func argmax(count: Int) {
        var x = [Float](repeating: 1, count: count)
        #expect(Elementwise.argmax(x, count: count) == 0)
        x[count - 1] = 2
        #expect(Elementwise.argmax(x, count: count) == count - 1)
        x[count / 2] = 2
        #expect(Elementwise.argmax(x, count: count) == count / 2)
    }
}
