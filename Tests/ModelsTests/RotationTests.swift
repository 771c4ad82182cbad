@testable import Models
import TestSupport
import Testing

@Suite struct RotationTests {
    @Test("angles fall from one turn by a power of the base")
    func plain() {
        expectClose(
            Rotation(theta: 10_000).frequencies(headSize: 4), [1, 0.01], relative: 1e-12)
        expectClose(
            Rotation(theta: 10_000, channels: 2).frequencies(headSize: 8), [1], relative: 1e-12)
        let linear = Rotation(theta: 10_000, scaling: .linear(factor: 4))
        expectClose(linear.frequencies(headSize: 4), [0.25, 0.0025], relative: 1e-12)
    }

    /// Llama 3.2 1B; the numbers are those of the formula in its report, worked out by hand.
    @Test("Llama 3 leaves fast angles alone, divides slow ones, and mixes those between")
    func llama3() {
        let scaling = Rotation.Scaling.llama3(factor: 32, low: 1, high: 4, context: 8192)
        let scaled = Rotation(theta: 500_000, scaling: scaling).frequencies(headSize: 64)
        let plain = Rotation(theta: 500_000).frequencies(headSize: 64)
        #expect(scaled[0] == 1 && scaled[14] == plain[14])
        expectClose([scaled[31]], [plain[31] / 32], relative: 1e-12)
        // Pair 16: 500000^-0.5 turns 8192 / 2π · 0.00141421 = 1.84382 times.
        let share = (1.843_820_7 - 1) / 3
        expectClose(
            [scaled[16]], [plain[16] * (share + (1 - share) / 32)], relative: 1e-6)
    }
}
