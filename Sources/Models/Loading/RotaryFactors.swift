internal import Foundation

/// The numbers of Llama 3's scaling, found from what it divides each angle by.
///
/// GGUF files have these factors alone. With w the turns that an angle makes per token, an angle between
/// the fast and the slow ones has 1/factor = (1 − s)/F + s and s = (c·w − low)/(high − low); of
/// c, low and high only the ratios count.
struct RotaryFactors {
    /// The name of the tensor.
    static let tensor = "rope_freqs.weight"

    private let factor: Double
    private let low: Double
    private let high: Double
    private let context: Int

    /// The values of `rope_scaling`.
    var object: FileValue? {
        guard factor > 1 else { return nil }
        return .object([
            "rope_type": .string("llama3"), "factor": .rounded(factor),
            "low_freq_factor": .rounded(low), "high_freq_factor": .rounded(high),
            "original_max_position_embeddings": .int(context),
        ])
    }

    /// Nil if no numbers give these factors.
    ///
    /// - Parameters:
    ///   - factors: What each angle is divided by.
    ///   - frequencies: The angles per token that they belong to, the fastest first.
    ///   - context: The context of pretraining, if the file names it.
    init?(_ factors: [Double], of frequencies: [Double], context: Int?) {
        guard factors.count == frequencies.count, let factor = factors.max(), factor.isFinite,
            factors.allSatisfy({ $0 >= 1 })
        else { return nil }
        let turns = frequencies.map { $0 / (2 * .pi) }
        let found = Self.candidates(factors, turns, factor, context).first { candidate in
            let scaling = Rotation.Scaling.llama3(
                factor: factor, low: candidate.low, high: candidate.high,
                context: candidate.context)
            return zip(frequencies, factors).allSatisfy { frequency, divisor in
                let scaled = Rotation.scaled(frequency, scaling)
                return abs(scaled * divisor / frequency - 1) < 1e-5
            }
        }
        guard let found else { return nil }
        self.factor = factor
        (low, high, self.context) = found
    }

    private typealias Candidate = (low: Double, high: Double, context: Int)

    /// The usual numbers, those that a line through the angles between gives, and, where there is none,
    /// a step between the fast and the slow ones.
    private static func candidates(
        _ factors: [Double], _ turns: [Double], _ factor: Double, _ context: Int?
    ) -> [Candidate] {
        guard factor > 1 else { return [(1, 4, max(1, context ?? 8192))] }
        let between = factors.indices.filter { factors[$0] > 1 && factors[$0] < factor }
        let shares = between.map { (1 / factors[$0] - 1 / factor) / (1 - 1 / factor) }
        // Large powers of two, at which low = 1 and high = 4 are the usual choice.
        let usual = ([context].compactMap { $0 } + (4..<24).map { 1 << $0 }).map {
            (1.0, 4.0, $0)
        }
        guard let first = between.first, let last = between.last, let start = shares.first,
            let end = shares.last
        else { return usual + step(factors, turns, factor) }
        guard first != last else {
            return usual + [(1, 4, Int(((1 + 3 * start) / turns[first]).rounded()))]
        }
        let slope = (start - end) / (turns[first] - turns[last])
        let base = Double(context ?? 8192)
        let width = base / slope
        let low = base * turns[first] - start * width
        return usual + [(low, low + width, Int(base))]
    }

    private static func step(
        _ factors: [Double], _ turns: [Double], _ factor: Double
    ) -> [Candidate] {
        guard let slow = factors.firstIndex(of: factor), slow > 0 else { return [] }
        let middle = 1 / (turns[slow] * turns[slow - 1]).squareRoot()
        return [(0.999, 1.001, max(1, Int(middle.rounded())))]
    }
}
