internal import Adapters
internal import Models

/// The keys of a method that puts adapters of some size beside projections.
protocol AdapterSettings {
    /// `rank`, or `match`.
    var size: AdapterSize { get set }
    /// `targets`: the projections that get an adapter.
    var targets: [Projection] { get }
    /// All keys, as YAML in the order of the file format.
    var keys: [(key: String, value: String)] { get }

    /// The same with a rank that was found.
    func sized(_ rank: Int) -> Self
}

extension AdapterSettings {
    func sized(_ rank: Int) -> Self {
        var result = self
        result.size = .rank(rank)
        return result
    }
}
