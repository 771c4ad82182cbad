package import Tensors

/// Keys and values of every layer for a number of growing sequences.
package final class KVCache {
    let layers: [AttentionCache]
    package let sequenceCount: Int
    package let capacity: Int

    /// Room for `sequenceCount` sequences of up to `capacity` tokens.
    package init(
        _ configuration: ModelConfiguration, sequenceCount: Int, capacity: Int
    ) throws(TensorError) {
        self.sequenceCount = sequenceCount
        self.capacity = capacity
        var layers: [AttentionCache] = []
        for _ in 0..<configuration.layerCount {
            layers.append(
                try AttentionCache(
                    sequenceCount: sequenceCount, capacity: capacity, width: configuration.kvWidth))
        }
        self.layers = layers
    }

    /// Bytes that a sequence of one token takes.
    package static func bytesPerToken(_ configuration: ModelConfiguration) -> Int {
        2 * configuration.layerCount * configuration.kvWidth * MemoryLayout<Float>.stride
    }
}
