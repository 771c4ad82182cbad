internal import Foundation

/// How queries and keys are turned by their positions (RoPE, arXiv 2104.09864).
package struct Rotation: Sendable, Equatable, Hashable {
    /// How the angles are changed for long contexts.
    package enum Scaling: Sendable, Equatable, Hashable {
        case none
        /// Positions are divided by a factor (Chen and others 2023, arXiv 2306.15595).
        case linear(factor: Double)
        /// Slow angles are divided by a factor, fast ones stay, and those between are mixed, by how
        /// many turns they make in the context of pretraining (Llama 3.1, arXiv 2407.21783).
        case llama3(factor: Double, low: Double, high: Double, context: Int)
    }

    /// The base of the angles.
    package var theta: Double
    /// The channels of each head that are turned, the first ones; nil for all.
    package var channels: Int?
    package var scaling: Scaling

    package init(theta: Double, channels: Int? = nil, scaling: Scaling = .none) {
        self.theta = theta
        self.channels = channels
        self.scaling = scaling
    }

    /// The angles of one position for the pairs of a head of so many channels.
    func frequencies(headSize: Int) -> [Double] {
        let channels = channels ?? headSize
        return (0..<channels / 2).map { pair in
            Self.scaled(1 / pow(theta, Double(2 * pair) / Double(channels)), scaling)
        }
    }

    /// An angle per token as a rule changes it.
    static func scaled(_ frequency: Double, _ scaling: Scaling) -> Double {
        switch scaling {
        case .none: return frequency
        case .linear(let factor): return frequency / factor
        case .llama3(let factor, let low, let high, let context):
            let turns = Double(context) * frequency / (2 * .pi)
            if turns < low { return frequency / factor }
            if turns > high { return frequency }
            let share = (turns - low) / (high - low)
            return (1 - share) * frequency / factor + share * frequency
        }
    }
}
