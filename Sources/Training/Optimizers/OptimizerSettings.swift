package import Tensors

/// Which optimiser trains an arm, with its constants.
package struct OptimizerSettings: Codable, Sendable, Equatable {
    /// The optimisers; each says what weight decay means.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// AdamW as in PyTorch: each step takes learning rate times weight decay of a weight away.
        case adamw
        /// The same, but each step takes the weight decay itself, in proportion to the schedule alone:
        /// a command that changes the learning rate does not change the decay.
        case adamwDecoupled = "adamw-decoupled"
        /// Lion with the same decay; all steps have the size of the learning rate.
        case lionw
        /// AdamW that averages its weights instead of lowering the learning rate.
        case scheduleFreeAdamW = "schedule-free-adamw"
    }

    /// Numbers that the optimiser keeps of each weight beside its value.
    package var bufferCount: Int { kind == .lionw ? 1 : 2 }

    package var kind: Kind
    package var beta1: Double
    package var beta2: Double
    /// Added to the root of the second moment; Lion has none.
    package var epsilon: Double
    package var weightDecay: Double

    /// - Parameters: those that are nil become the optimiser's usual ones: betas 0.9 and 0.95 for
    ///   Lion, as in LoRA Learns Less and Forgets Less, 0.9 and 0.999 for the others.
    package init(
        _ kind: Kind = .adamw, beta1: Double = 0.9, beta2: Double? = nil, epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        self.kind = kind
        self.beta1 = beta1
        self.beta2 = beta2 ?? (kind == .lionw ? 0.95 : 0.999)
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// The optimiser of these settings over a list of parameters.
    ///
    /// - Parameter parameters: What it updates, in a fixed order.
    /// - Returns: One that has taken no step.
    /// - Throws: `TensorError.outOfMemory`.
    package func optimizer(of parameters: [Parameter]) throws(TensorError) -> any Optimizer {
        switch kind {
        case .adamw, .adamwDecoupled:
            try AdamWOptimizer(parameters, settings: self)
        case .lionw: try LionOptimizer(parameters, settings: self)
        case .scheduleFreeAdamW: try ScheduleFreeOptimizer(parameters, settings: self)
        }
    }

    /// Whether the learning rate stays at its peak once the warm-up is over.
    package var isScheduleFree: Bool { kind == .scheduleFreeAdamW }

    /// The share of a weight that a step takes away; `factor` is that of the weight's own rate.
    ///
    /// Decoupled decay is a share of the peak in force, and so the same at whatever peak.
    func decay(_ rate: StepRate, factor: Double) -> Double {
        (isDecayDecoupled ? rate.share : rate.value * factor) * weightDecay
    }

    private var isDecayDecoupled: Bool { kind == .adamwDecoupled || kind == .lionw }
}

extension OptimizerSettings: CustomStringConvertible {
    /// One line: the optimiser, its constants, and what its weight decay multiplies.
    package var description: String {
        var text = "\(kind.rawValue), betas \(beta1) and \(beta2)"
        if kind != .lionw { text += ", epsilon \(epsilon)" }
        text +=
            weightDecay == 0
            ? ", no weight decay"
            : ", weight decay \(weightDecay) "
                + (isDecayDecoupled
                    ? "per step times the schedule's share of the peak in force"
                    : "times the learning rate")
        return text + (isScheduleFree ? ", no schedule after the warm-up" : "")
    }
}
