internal import Kernels
package import Tensors

/// Keys and values of every layer in pages, which growing sequences take and give back.
package final class KVCache {
    let layers: [AttentionCache]
    package let pageCount: Int
    /// Pages that nobody has, the next to be taken last.
    private var free: [Int]

    /// Tokens of a page.
    package static let pageTokens = CachePages.tokens

    package init(_ configuration: ModelConfiguration, pageCount: Int) throws(TensorError) {
        self.pageCount = pageCount
        free = (0..<pageCount).reversed()
        var layers: [AttentionCache] = []
        for _ in 0..<configuration.layerCount {
            layers.append(
                try AttentionCache(pageCount: pageCount, width: configuration.kvWidth))
        }
        self.layers = layers
    }

    /// Pages that so many tokens fill or begin.
    package static func pages(tokens: Int) -> Int { CachePages.count(tokens: tokens) }

    /// Bytes of a page in all layers.
    package static func pageBytes(_ configuration: ModelConfiguration) -> Int {
        2 * configuration.layerCount * configuration.kvWidth * pageTokens
            * MemoryLayout<Float>.stride
    }

    package var freeCount: Int { free.count }

    /// Takes pages, or none if there are fewer.
    package func take(_ count: Int) -> [Int]? {
        guard count <= free.count else { return nil }
        defer { free.removeLast(count) }
        return free.suffix(count).reversed()
    }

    /// Gives pages back.
    package func give(_ pages: some Collection<Int>) { free += pages.reversed() }

    /// Makes one page what another is, in every layer.
    package func copy(page: Int, to other: Int) {
        for layer in layers { layer.copy(page: page, to: other) }
    }
}
