package import Kernels

struct AttentionOperation {
    let q: Tensor
    let k: Tensor
    let v: Tensor
    let output: Tensor
    let lse: UnsafeMutablePointer<Float>
    let layout: SequenceLayout
    let shape: AttentionShape

    func backward(on tape: Tape) {
        guard let dOutput = tape.arrivedGradient(output) else { return }
        precondition(!layout.hasPrefixes, "no gradient through a shared prefix")
        let (dq, _) = tape.gradientToWrite(q)
        let (dk, _) = tape.gradientToWrite(k)
        let (dv, _) = tape.gradientToWrite(v)
        dk.update(repeating: 0, count: k.count)
        dv.update(repeating: 0, count: v.count)
        let scratch = tape.attentionScratch(longest: layout.longest, shape)
        layout.segments.withUnsafeBufferPointer { segments in
            Attention.backward(
                dOut: dOutput, out: tape.data(output), lse: lse, q: tape.data(q), k: tape.data(k),
                v: tape.data(v), dq: dq, dk: dk, dv: dv, scratch: scratch.base,
                longest: layout.longest, segments: segments, shape: shape)
        }
        tape.arena.release(scratch.base, count: scratch.count)
        tape.count(flops: 5 * tape.attentionFlops(layout, shape) / 2)
    }
}

extension Tape {
    /// Causal grouped-query attention within each sequence of the layout.
    ///
    /// - Shapes: q, result [rows, heads·size]; k, v [rows, kvHeads·size].
    /// - Precondition: q, k and v have no other use but the rotation before.
    package func attention(
        q: Tensor, k: Tensor, v: Tensor, layout: SequenceLayout, shape: AttentionShape
    ) -> Tensor {
        precondition(layout.rowCount == q.rows && q.rows == k.rows && k.rows == v.rows)
        precondition(q.columns == shape.heads * shape.size && shape.heads % shape.kvHeads == 0)
        precondition(k.columns == shape.kvHeads * shape.size && v.columns == k.columns)
        let needed = requiresGradient(q) || requiresGradient(k) || requiresGradient(v)
        if needed {
            for tensor in [q, k, v] { nodes[tensor.node].requiresGradient = true }
        }
        let output = make(rows: q.rows, columns: q.columns, requiresGradient: needed)
        let lse = arena.floats(q.rows * shape.heads)
        let scratch = attentionScratch(longest: layout.longest, shape)
        layout.segments.withUnsafeBufferPointer { segments in
            Attention.forward(
                q: data(q), k: data(k), v: data(v), out: data(output), lse: lse,
                scratch: scratch.base, longest: layout.longest, segments: segments, shape: shape)
        }
        arena.release(scratch.base, count: scratch.count)
        count(flops: attentionFlops(layout, shape))
        record(
            .attention(
                AttentionOperation(
                    q: q, k: k, v: v, output: output, lse: lse, layout: layout, shape: shape)),
            keeping: lse, count: q.rows * shape.heads)
        return output
    }

    func attentionScratch(
        longest: Int, _ shape: AttentionShape
    ) -> (base: UnsafeMutablePointer<Float>, count: Int) {
        let count = Workers.count * Attention.scratchCount(longest: longest, shape)
        return (arena.floats(count), count)
    }

    /// Two products over what is visible: 4 · size · heads · keys seen.
    func attentionFlops(_ layout: SequenceLayout, _ shape: AttentionShape) -> Int {
        let seen = layout.segments.reduce(0) {
            $0 + shape.keysSeen(from: $1.prefixCount, count: $1.count)
        }
        return 4 * shape.size * shape.heads * seen
    }
}
