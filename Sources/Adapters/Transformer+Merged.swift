package import Models

extension Transformer {
    /// A plain model, in memory of its own, with the updates of the adapters in its weights.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    package func merged() throws -> Transformer {
        let plain = try copy(isTrainable: false)
        for (block, adapted) in zip(plain.blocks, blocks) {
            for (linear, other) in zip(block.projections, adapted.projections) {
                other.adapter?.merge(into: linear.weight)
            }
        }
        return plain
    }
}
