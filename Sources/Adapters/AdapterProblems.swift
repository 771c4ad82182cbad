internal import Models

/// Collects what is wrong with an adapter's settings for a model.
struct AdapterProblems {
    private(set) var all: [MethodProblem] = []
    /// Those that the model has.
    private let targets: [Projection]

    /// Checks what all adapters have.
    init(targets: Set<Projection>, dropout: Double, on configuration: ModelConfiguration) {
        self.targets = configuration.projections(among: targets)
        if !(0..<1).contains(dropout) {
            add(.dropout, "\(dropout) is no probability: use a number from 0 to below 1")
        }
        let missing = configuration.missing(targets)
        if targets.isEmpty {
            add(.targets, "no projection is adapted: name at least one target")
        } else if !missing.isEmpty {
            add(
                .targets,
                "the model has no \(missing.map(\.rawValue).joined(separator: ", ")): use some of "
                    + configuration.projections.map(\.rawValue).joined(separator: ", "))
        }
    }

    mutating func add(_ setting: MethodProblem.Setting, _ text: String) {
        all.append(MethodProblem(setting, text))
    }

    /// A factor that must be a number.
    mutating func checkFinite(_ setting: MethodProblem.Setting, _ value: Double) {
        if !value.isFinite { add(setting, "\(value) is no finite number: use one") }
    }

    /// The rank must be positive and at most the smaller side of every target.
    mutating func checkRank(_ rank: Int, for configuration: ModelConfiguration) {
        guard checkPositive(rank) else { return }
        let limits = limits(for: configuration) { min($0.rows, $0.columns) }
        guard let tightest = limits.tightest, rank > tightest.largest else { return }
        add(
            .rank,
            "rank \(rank) is larger than \(tightest.description): use at most \(tightest.largest)")
    }

    /// Whether the rank is positive, with a problem if it is not.
    mutating func checkPositive(_ rank: Int) -> Bool {
        if rank < 1 { add(.rank, "rank \(rank) is not positive: use at least 1") }
        return rank >= 1
    }

    /// The largest rank that each target takes, by the targets' names.
    func limits(
        for configuration: ModelConfiguration,
        _ largest: (_ shape: (rows: Int, columns: Int)) -> Int
    ) -> [RankLimit] {
        targets.sorted { $0.rawValue < $1.rawValue }.map { projection in
            let shape = configuration.shape(of: projection)
            return RankLimit(projection: projection, shape: shape, largest: largest(shape))
        }
    }
}

/// The largest rank that a projection takes; 0 if it takes none.
struct RankLimit: CustomStringConvertible {
    let projection: Projection
    let shape: (rows: Int, columns: Int)
    let largest: Int

    var description: String {
        "projection \(projection.rawValue) [\(shape.rows), \(shape.columns)]"
    }
}

extension [RankLimit] {
    /// The first of those that take the least.
    var tightest: RankLimit? { self.min { $0.largest < $1.largest } }
}
