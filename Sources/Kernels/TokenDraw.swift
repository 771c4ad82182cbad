internal import CKernels

/// Draws from a distribution that logits give.
package enum TokenDraw {
    /// What draws are weighed by: e^((logit - largest) / temperature), and 0 for what top-p leaves out.
    ///
    /// Likelier tokens come first, of equally likely ones the lower id. A token stays if those before it
    /// have less than `topP` of all probability, so that the one which crosses it stays, and always the
    /// first; with `topP` of 1 all stay.
    ///
    /// - Parameters:
    ///   - logits: At least one.
    ///   - count: How many there are.
    ///   - temperature: Above 0; the distribution that `topP` cuts is the one at this temperature.
    ///   - topP: Above 0 and at most 1.
    /// - Returns: Weights, whose sum is not 1.
    /// - Reference: Holtzman et al. 2020, *The Curious Case of Neural Text Degeneration*,
    ///   arXiv 1904.09751, section 3.1; the order of temperature and cut is that of transformers.
    package static func weights(
        _ logits: UnsafePointer<Float>, count: Int, temperature: Float, topP: Float
    ) -> [Float] {
        let largest = logits[Elementwise.argmax(logits, count: count)]
        var weights = [Float](unsafeUninitializedCapacity: count) { buffer, used in
            if let base = buffer.baseAddress { lk_exp(logits, largest, temperature, base, count) }
            used = count
        }
        if topP < 1 { cut(&weights, topP: Double(topP)) }
        return weights
    }

    /// Where in the weights, laid side by side, a share of their sum falls; nil if they have none.
    package static func place(of share: Double, in weights: [Float]) -> Int? {
        var left = share * weights.reduce(0.0) { $0 + Double($1) }
        var last: Int?
        for (index, weight) in weights.enumerated() where weight > 0 {
            left -= Double(weight)
            if left < 0 { return index }
            last = index
        }
        return last
    }

    private static func cut(_ weights: inout [Float], topP: Double) {
        let total = weights.reduce(0.0) { $0 + Double($1) }
        // All that are smaller than this have less than 1 - topP together: they need no order.
        let least = (1 - topP) * total / Double(weights.count)
        var candidates = weights.indices.filter { Double(weights[$0]) >= least }
        candidates.sort { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
        var before = 0.0
        var kept: [(index: Int, weight: Float)] = []
        for index in candidates {
            guard before < topP * total else { break }
            kept.append((index, weights[index]))
            before += Double(weights[index])
        }
        for index in weights.indices { weights[index] = 0 }
        for (index, weight) in kept { weights[index] = weight }
    }
}
