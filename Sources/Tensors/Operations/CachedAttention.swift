package import Kernels

/// Keys and values of earlier tokens of several sequences, for one layer.
package final class AttentionCache {
    package let capacity: Int
    package let sequenceCount: Int
    let width: Int
    let keys: Storage
    let values: Storage

    /// - Parameters:
    ///   - sequenceCount: How many sequences have a place.
    ///   - capacity: Tokens that each of them can hold.
    ///   - width: kvHeads · headSize.
    /// - Throws: `TensorError.outOfMemory`.
    package init(sequenceCount: Int, capacity: Int, width: Int) throws(TensorError) {
        self.sequenceCount = sequenceCount
        self.capacity = capacity
        self.width = width
        keys = try Storage(count: sequenceCount * capacity * width)
        values = try Storage(count: sequenceCount * capacity * width)
    }

    func row(_ sequence: Int, _ position: Int) -> Int { (sequence * capacity + position) * width }
}

/// New rows of a sequence that has a place in a cache.
package struct CacheSlot: Sendable, Equatable {
    /// The sequence's place.
    package var sequence: Int
    /// Tokens it already holds.
    package var past: Int
    /// New rows, following those of the slot before in the batch.
    package var count: Int

    package init(sequence: Int, past: Int, count: Int) {
        self.sequence = sequence
        self.past = past
        self.count = count
    }
}

extension Tape {
    /// Attention of new rows over a cache, to which their keys and values are added first.
    ///
    /// - Shapes: q, result [rows, heads·size]; k, v [rows, kvHeads·size]; the slots' counts add up
    ///   to rows.
    /// - Precondition: the tape does not record.
    package func cachedAttention(
        q: Tensor, k: Tensor, v: Tensor, cache: AttentionCache, slots: [CacheSlot],
        shape: AttentionShape
    ) -> Tensor {
        precondition(!isRecording, "attention over a cache has no gradient")
        precondition(slots.reduce(0) { $0 + $1.count } == q.rows && q.rows == k.rows)
        precondition(k.columns == cache.width && v.rows == k.rows && v.columns == cache.width)
        precondition(cache.width == shape.kvHeads * shape.size)
        precondition(q.columns == shape.heads * shape.size && shape.heads % shape.kvHeads == 0)
        let output = make(rows: q.rows, columns: q.columns, requiresGradient: false)
        var sequences: [CachedSequence] = []
        sequences.reserveCapacity(slots.count)
        var start = 0
        for slot in slots {
            precondition(
                slot.sequence >= 0 && slot.sequence < cache.sequenceCount,
                "sequence \(slot.sequence) of \(cache.sequenceCount)")
            precondition(
                slot.past >= 0 && slot.count > 0 && slot.past + slot.count <= cache.capacity,
                "a sequence outgrows its cache")
            let first = cache.row(slot.sequence, slot.past)
            let size = slot.count * cache.width
            (cache.keys.base + first).update(from: data(k) + start * cache.width, count: size)
            (cache.values.base + first).update(from: data(v) + start * cache.width, count: size)
            let base = cache.row(slot.sequence, 0)
            sequences.append(
                CachedSequence(
                    start: start, count: slot.count, keys: cache.keys.base + base,
                    values: cache.values.base + base, past: slot.past))
            start += slot.count
        }
        attend(q, into: output, sequences, shape)
        return output
    }

    private func attend(
        _ q: Tensor, into output: Tensor, _ sequences: [CachedSequence], _ shape: AttentionShape
    ) {
        let longest = sequences.reduce(0) { max($0, $1.past + $1.count) }
        let scratch = attentionScratch(longest: longest, shape)
        sequences.withUnsafeBufferPointer { sequences in
            Attention.cached(
                q: data(q), out: data(output), scratch: scratch.base, longest: longest,
                sequences: sequences, shape: shape)
        }
        arena.release(scratch.base, count: scratch.count)
        count(
            flops: sequences.reduce(0) {
                $0 + 4 * shape.size * shape.heads * $1.count * ($1.past + $1.count)
            })
    }
}
