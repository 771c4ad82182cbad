internal import Adapters
package import Models
internal import Tensors

extension Trainer {
    /// Bytes that the arm needs for itself, whatever others need.
    ///
    /// They are its weights that are not the base's own, the optimiser's buffers, and the most that the
    /// activations and gradients of a step took; a gradient fills the memory of activations that are
    /// done with.
    package func bytes(beside base: Transformer) -> Int {
        let shared = Set(base.parameters.map { ObjectIdentifier($0) })
        let weights = tuned.model.parameters + tuned.trainable + tuned.stored
        let own = Dictionary(weights.map { (ObjectIdentifier($0), $0.count) }) { first, _ in first }
            .filter { !shared.contains($0.key) }
        let buffers = optimizer.buffers.flatMap(\.storages).map(\.count)
        let floats = own.values.reduce(0, +) + buffers.reduce(0, +)
        return floats * MemoryLayout<Float>.stride + stepBytes
    }
}
