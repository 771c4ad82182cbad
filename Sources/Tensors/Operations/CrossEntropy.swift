internal import Kernels

struct CrossEntropyOperation {
    let hidden: Tensor
    let rows: UnsafeMutablePointer<Int32>
    let rowCount: Int
    let dRows: UnsafeMutablePointer<Float>

    func backward(on tape: Tape) {
        guard tape.requiresGradient(hidden) else { return }
        let (dHidden, fresh) = tape.gradientToWrite(hidden)
        if fresh { dHidden.update(repeating: 0, count: hidden.count) }
        Rows.scatterAdd(
            dRows, indices: rows, into: dHidden, rows: rowCount, channels: hidden.columns)
    }
}

/// The loss of a batch.
package struct BatchLoss: Sendable, Equatable {
    /// Σ weight·nll / Σ weight, in nats per token.
    package var mean: Double
    /// Σ weight.
    package var weight: Double
}

/// Rows of a batch that carry loss, gathered so that logits exist for them alone.
private struct LossRows {
    let count: Int
    let indices: UnsafeMutablePointer<Int32>
    let targets: UnsafeMutablePointer<Int32>
    let weights: UnsafeMutablePointer<Float>
    let total: Double

    init(targets: [Int32], weights: [Float], arena: Arena) {
        let count = weights.count { $0 > 0 }
        total = weights.reduce(0) { $0 + Double($1) }
        indices = arena.integers(count)
        self.targets = arena.integers(count)
        self.weights = arena.floats(count)
        self.count = count
        var next = 0
        for row in weights.indices where weights[row] > 0 {
            indices[next] = Int32(row)
            self.targets[next] = targets[row]
            self.weights[next] = Float(Double(weights[row]) / total)
            next += 1
        }
    }
}

extension Tape {
    /// Floats of logits that exist at a time.
    private static let logitsLimit = 16 << 20

    /// Rows whose logits exist at a time when all of `rows` carry loss.
    package static func logitsChunk(rows: Int, vocabulary: Int) -> Int {
        min(rows, max(16, logitsLimit / vocabulary))
    }

    /// Output projection and weighted cross-entropy in one: the loss, and in the same pass the
    /// gradients of the hidden rows and of the head, in chunks of rows.
    ///
    /// loss = Σᵢ wᵢ · (−log softmax(hᵢ·Wᵀ)[targetᵢ]) / Σᵢ wᵢ, the logits capped where the head says so
    ///
    /// - Shapes: hidden [rows, channels]; head [vocabulary, channels]; targets, weights [rows].
    ///   Rows of weight 0 cost nothing.
    package func crossEntropy(
        _ hidden: Tensor, head: OutputHead, targets: [Int32], weights: [Float]
    ) -> BatchLoss {
        precondition(targets.count == hidden.rows && weights.count == hidden.rows)
        precondition(weights.allSatisfy { $0 >= 0 }, "a weight that is negative or no number")
        check(hidden, head: head, rows: [], targets: targets)
        let rows = LossRows(targets: targets, weights: weights, arena: arena)
        guard rows.count > 0 else { return BatchLoss(mean: 0, weight: 0) }
        let x = gathered(hidden, rows.indices, rows.count)
        let needsHidden = requiresGradient(hidden)
        let dx = needsHidden ? arena.floats(rows.count * hidden.columns) : nil
        let losses = arena.floats(rows.count)
        forEachChunk(of: rows.count, head: head, x: x) { start, count, logits in
            let slopes = cap(logits, head, rows: count, keepsSlopes: isRecording)
            CrossEntropy.lossAndGradient(
                logits, targets: rows.targets + start, weights: rows.weights + start,
                loss: losses + start, rows: count, vocabulary: head.vocabulary)
            if let slopes { apply(slopes, to: logits, count: count * head.vocabulary) }
            guard isRecording else { return }
            let offset = start * hidden.columns
            addHeadGradients(
                logits, x: x + offset, dx: dx.map { $0 + offset }, head: head, rows: count)
        }
        if let dx {
            record(
                .crossEntropy(
                    CrossEntropyOperation(
                        hidden: hidden, rows: rows.indices, rowCount: rows.count, dRows: dx)))
        }
        let mean = (0..<rows.count).reduce(0.0) {
            $0 + Double(losses[$1]) * Double(rows.weights[$1])
        }
        return BatchLoss(mean: mean, weight: rows.total)
    }

    /// Log-probability of a target after each of the given rows, and whether it is the most likely.
    ///
    /// - Shapes: hidden [rows, channels]; head [vocabulary, channels]; rows, targets [n].
    package func logLikelihoods(
        _ hidden: Tensor, head: OutputHead, rows: [Int32], targets: [Int32]
    ) -> [(logLikelihood: Float, isGreedy: Bool)] {
        precondition(rows.count == targets.count)
        check(hidden, head: head, rows: rows, targets: targets)
        guard !rows.isEmpty else { return [] }
        let indices = arena.integers(rows.count)
        for (index, row) in rows.enumerated() { indices[index] = row }
        let x = gathered(hidden, indices, rows.count)
        let losses = arena.floats(rows.count)
        let best = arena.integers(rows.count)
        targets.withUnsafeBufferPointer { targets in
            guard let targets = targets.baseAddress else { return }
            forEachChunk(of: rows.count, head: head, x: x) { start, count, logits in
                cap(logits, head, rows: count)
                CrossEntropy.logLikelihood(
                    logits, targets: targets + start, loss: losses + start, best: best + start,
                    rows: count, vocabulary: head.vocabulary)
            }
        }
        return targets.indices.map { (-losses[$0], best[$0] == targets[$0]) }
    }

    /// The logits after the given rows, [rows.count, vocabulary]; valid until the tape is reset.
    package func logits(
        _ hidden: Tensor, head: OutputHead, rows: [Int32]
    ) -> UnsafeBufferPointer<Float> {
        check(hidden, head: head, rows: rows, targets: [])
        let indices = arena.integers(rows.count)
        for (index, row) in rows.enumerated() { indices[index] = row }
        let x = gathered(hidden, indices, rows.count)
        let logits = arena.floats(rows.count * head.vocabulary)
        multiply(
            MatrixOperand(x, stride: hidden.columns),
            MatrixOperand(head.weight.values, stride: head.channels, transposed: true),
            into: logits,
            rows: rows.count, inner: hidden.columns, columns: head.vocabulary)
        cap(logits, head, rows: rows.count)
        return UnsafeBufferPointer(start: logits, count: rows.count * head.vocabulary)
    }

    /// Caps logits in place where the head has a cap; the derivative is kept if it is asked for.
    @discardableResult
    private func cap(
        _ logits: UnsafeMutablePointer<Float>, _ head: OutputHead, rows: Int,
        keepsSlopes: Bool = false
    ) -> UnsafeMutablePointer<Float>? {
        guard let cap = head.softCap else { return nil }
        let count = rows * head.vocabulary
        let slopes = keepsSlopes ? arena.floats(count) : nil
        Elementwise.softCap(logits, cap: cap, slope: slopes, count: count)
        return slopes
    }

    /// Takes the gradient through the cap and gives its derivative back.
    private func apply(
        _ slopes: UnsafeMutablePointer<Float>, to gradient: UnsafeMutablePointer<Float>, count: Int
    ) {
        Elementwise.multiply(gradient, by: slopes, count: count)
        arena.release(slopes, count: count)
    }

    private func check(_ hidden: Tensor, head: OutputHead, rows: [Int32], targets: [Int32]) {
        precondition(
            head.channels == hidden.columns,
            "\(head.weight.name) [\(head.vocabulary), \(head.channels)] on \(hidden.columns) channels"
        )
        precondition(
            rows.allSatisfy { $0 >= 0 && $0 < hidden.rows }, "a row beyond \(hidden.rows)")
        precondition(
            targets.allSatisfy { $0 >= 0 && $0 < head.vocabulary },
            "a target outside the vocabulary of \(head.vocabulary)")
    }

    private func gathered(
        _ hidden: Tensor, _ indices: UnsafeMutablePointer<Int32>, _ count: Int
    ) -> UnsafeMutablePointer<Float> {
        let x = arena.floats(count * hidden.columns)
        Rows.gather(data(hidden), indices: indices, into: x, rows: count, channels: hidden.columns)
        return x
    }

    private func forEachChunk(
        of rows: Int, head: OutputHead, x: UnsafeMutablePointer<Float>,
        _ body: (_ start: Int, _ count: Int, _ logits: UnsafeMutablePointer<Float>) -> Void
    ) {
        let chunk = Self.logitsChunk(rows: rows, vocabulary: head.vocabulary)
        let logits = arena.floats(chunk * head.vocabulary)
        for start in stride(from: 0, to: rows, by: chunk) {
            let count = min(chunk, rows - start)
            multiply(
                MatrixOperand(x + start * head.channels, stride: head.channels),
                MatrixOperand(head.weight.values, stride: head.channels, transposed: true),
                into: logits,
                rows: count, inner: head.channels, columns: head.vocabulary)
            body(start, count, logits)
        }
        arena.release(logits, count: chunk * head.vocabulary)
    }

    private func addHeadGradients(
        _ dLogits: UnsafeMutablePointer<Float>, x: UnsafeMutablePointer<Float>,
        dx: UnsafeMutablePointer<Float>?, head: OutputHead, rows: Int
    ) {
        if let dx {
            multiply(
                MatrixOperand(dLogits, stride: head.vocabulary),
                MatrixOperand(head.weight.values, stride: head.channels), into: dx, rows: rows,
                inner: head.vocabulary, columns: head.channels)
        }
        guard head.weight.isTrainable else { return }
        let (dHead, fresh) = gradientToWrite(head.weight)
        multiply(
            MatrixOperand(dLogits, stride: head.vocabulary, transposed: true),
            MatrixOperand(x, stride: head.channels), into: dHead, rows: head.vocabulary,
            inner: rows,
            columns: head.channels, beta: fresh ? 0 : 1)
    }
}
