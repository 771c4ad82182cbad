internal import Adapters
package import Models
internal import Settings

extension MethodSettings {
    /// VeRA's customary rank (PEFT's default); how much it trains hardly depends on it.
    private static let rankOfVeRA = 256

    /// A method whose other settings are the defaults, as large as LoRA on all projections; VeRA,
    /// which trains far less, at its customary rank.
    ///
    /// - Parameters:
    ///   - name: Which method.
    ///   - rank: LoRA's.
    ///   - configuration: The model's sizes.
    /// - Returns: The settings; nil if no rank of the method fits the model. Full fine-tuning has
    ///   one size only.
    package static func standard(
        _ name: Name, likeLoRA rank: Int, on configuration: ModelConfiguration
    ) -> MethodSettings? {
        var keys = SettingsNode(content: .null)
        for (key, value) in [("match", "lora"), ("restart_every", "1000")] {
            keys.set(key, to: SettingsNode(content: .scalar(value)))
        }
        let arm = SettingsSection(keys, path: "", report: SettingsReport(file: ""))
        let settings = MethodSettings(name, arm)
        guard settings.size != nil else { return settings }
        if name == .vera {
            return settings.largestRank(on: configuration).map {
                settings.sized(min(rankOfVeRA, $0))
            }
        }
        let count = LoRA(rank: rank, alpha: 1).trainableCount(for: configuration)
        return settings.rank(training: count, on: configuration).map { settings.sized($0) }
    }

    /// The smallest of the ranks whose number of trained parameters is nearest, among those that
    /// fit the model; nil if none does.
    func rank(training wanted: Int, on configuration: ModelConfiguration) -> Int? {
        func count(_ rank: Int) -> Int { sized(rank).method.trainableCount(for: configuration) }
        guard let largest = largestRank(on: configuration) else { return nil }
        let above = Self.first(of: 1...largest) { count($0) >= wanted } ?? largest
        let below = max(above - 1, 1)
        let nearest = [below, above].min { abs(count($0) - wanted) < abs(count($1) - wanted) }
        // Several ranks may train as many.
        return nearest.flatMap { nearest in
            Self.first(of: 1...nearest) { count($0) >= count(nearest) }
        }
    }

    /// The largest rank that fits the model; nil if none does.
    private func largestRank(on configuration: ModelConfiguration) -> Int? {
        // No rank as large as the model fits it.
        let first = Self.first(of: 1...configuration.parameterCount) { rank in
            !sized(rank).method.problems(for: configuration).isEmpty
        }
        return first.flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// The first rank from which on a condition holds; nil if it never does.
    private static func first(of ranks: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int? {
        var (low, high) = (ranks.lowerBound, ranks.upperBound)
        guard holds(high) else { return nil }
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
