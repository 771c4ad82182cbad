internal import CKernels

/// Losses over rows of logits [N, V], split over the pool.
package enum CrossEntropy {
    /// loss[i] = −log softmax(logits[i])[target[i]]; the logits become
    /// weight[i] · (softmax(logits[i]) − onehot(target[i])), the gradient.
    package static func lossAndGradient(
        _ logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<Int32>,
        weights: UnsafePointer<Float>, loss: UnsafeMutablePointer<Float>, rows: Int, vocabulary: Int
    ) {
        Rows.split(rows, vocabulary) { part in
            let start = part.lowerBound
            lk_cross_entropy(
                logits + start * vocabulary, targets + start, weights + start, loss + start,
                part.count, vocabulary)
        }
    }

    /// The losses alone, and for each row the most likely token.
    package static func logLikelihood(
        _ logits: UnsafePointer<Float>, targets: UnsafePointer<Int32>,
        loss: UnsafeMutablePointer<Float>, best: UnsafeMutablePointer<Int32>, rows: Int,
        vocabulary: Int
    ) {
        Rows.split(rows, vocabulary) { part in
            let start = part.lowerBound
            lk_log_likelihood(
                logits + start * vocabulary, targets + start, loss + start, best + start,
                part.count, vocabulary)
        }
    }
}
