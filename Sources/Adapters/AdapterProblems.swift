internal import Models

/// Collects what is wrong with an adapter's settings for a model.
struct AdapterProblems {
    private(set) var texts: [String] = []
    private let targets: Set<Projection>

    /// Checks what all adapters have.
    init(targets: Set<Projection>, dropout: Double) {
        self.targets = targets
        if !(0..<1).contains(dropout) {
            add("dropout \(dropout) is no probability: use a number from 0 to below 1")
        }
        if targets.isEmpty { add("no projection is adapted: name at least one target") }
    }

    mutating func add(_ text: String) { texts.append(text) }

    /// A factor that must be a number.
    mutating func checkFinite(_ name: String, _ value: Double) {
        if !value.isFinite { add("\(name) is \(value): use a finite number") }
    }

    /// The rank must be positive and at most the smaller side of every target.
    mutating func checkRank(_ rank: Int, for configuration: ModelConfiguration) {
        guard checkPositive(rank) else { return }
        for (projection, shape) in shapes(of: configuration) {
            let largest = min(shape.rows, shape.columns)
            guard rank > largest else { continue }
            add(
                """
                rank \(rank) is larger than projection \(projection.rawValue) \
                [\(shape.rows), \(shape.columns)]: use at most \(largest)
                """)
        }
    }

    /// Whether the rank is positive, with a problem if it is not.
    mutating func checkPositive(_ rank: Int) -> Bool {
        if rank < 1 { add("rank \(rank) is not positive: use at least 1") }
        return rank >= 1
    }

    /// The targets and their shapes, by name.
    func shapes(
        of configuration: ModelConfiguration
    ) -> [(projection: Projection, shape: (rows: Int, columns: Int))] {
        targets.sorted { $0.rawValue < $1.rawValue }
            .map { ($0, configuration.shape(of: $0)) }
    }
}
