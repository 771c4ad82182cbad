/// Numbers that sum up a task or a model.
package enum Accuracy {
    /// The unweighted mean of the source tasks' accuracies, whatever their sizes.
    ///
    /// - Reference: Biderman et al., *LoRA Learns Less and Forgets Less*, 2405.09673, section 3.3.
    package static func retained(_ taskAccuracies: [Double]) -> Double {
        taskAccuracies.reduce(0, +) / Double(taskAccuracies.count)
    }

    /// The unbiased chance that at least one of `k` samples passes, from `passed` of `samples`.
    ///
    /// `1 - C(n - c, k) / C(n, k)`, multiplied out so that nothing overflows.
    /// - Reference: Chen et al., *Evaluating Large Language Models Trained on Code*, 2107.03374,
    ///   equation 1.
    /// - Precondition: `0 <= passed <= samples` and `1 <= k <= samples`.
    package static func passAtK(samples: Int, passed: Int, k: Int) -> Double {
        precondition((0...samples).contains(passed), "\(passed) of \(samples) samples passed")
        precondition((1...samples).contains(k), "pass@\(k) needs \(k) samples, not \(samples)")
        if samples - passed < k { return 1 }
        let allFail = (samples - passed..<samples).reduce(1.0) {
            $0 * (1 - Double(k) / Double($1 + 1))
        }
        return 1 - allFail
    }
}
