package import Models

/// High-rank updating with a square matrix (Jiang and others 2024, arXiv 2405.12130).
///
/// h = W₀x + decompress(M · compress(x)) with M [size, size] = 0 at the start and no scale. The
/// size is round(√((in + out) · rank)), so that the number of parameters is about LoRA's of that
/// rank; the paper takes the floor, we follow the authors' code, which rounds, and for `rotation`
/// goes down to an even size.
package struct MoRA: FineTuningMethod, Equatable {
    /// The rank of the LoRA whose number of parameters is met.
    package var rank: Int
    package var kind: MoRAOperator
    /// Probability of zeroing an element of the adapter's input, 0..<1.
    package var dropout: Double
    /// The projections that get an adapter, of every layer.
    package var targets: Set<Projection>

    package init(
        rank: Int, kind: MoRAOperator = .rotation, dropout: Double = 0,
        targets: Set<Projection> = Set(Projection.allCases)
    ) {
        self.rank = rank
        self.kind = kind
        self.dropout = dropout
        self.targets = targets
    }

    package var name: String { "mora" }
    package var displayedRank: Int? { rank }

    /// Width of the square matrix beside a projection [out, in].
    package func size(for shape: (rows: Int, columns: Int)) -> Int {
        Self.size(rank: rank, kind: kind, for: shape)
    }

    static func size(
        rank: Int, kind: MoRAOperator, for shape: (rows: Int, columns: Int)
    ) -> Int {
        let size = Int((Double(shape.rows + shape.columns) * Double(rank)).squareRoot() + 0.5)
        return kind == .rotation ? max(2, size / 2 * 2) : max(1, size)
    }

    package func problems(for configuration: ModelConfiguration) -> [MethodProblem] {
        var problems = AdapterProblems(
            targets: targets, dropout: dropout, on: configuration)
        guard problems.checkPositive(rank) else { return problems.all }
        let limits = problems.limits(for: configuration, largestRank)
        if let tightest = limits.tightest, rank > tightest.largest {
            problems.add(
                .rank,
                "rank \(rank) makes a matrix \(size(for: tightest.shape)) wide, wider than "
                    + "\(tightest.description): \(advice(limits))")
        }
        return problems.all
    }

    /// The largest rank whose matrix is as wide as a projection [out, in] at most; 0 if none is.
    private func largestRank(for shape: (rows: Int, columns: Int)) -> Int {
        let smaller = min(shape.rows, shape.columns)
        // An odd width may be one more before it is made even, and both are rounded.
        let bound = max(1, (smaller + 2) * (smaller + 2) / (shape.rows + shape.columns))
        return (1...bound).last { Self.size(rank: $0, kind: kind, for: shape) <= smaller } ?? 0
    }

    private func advice(_ limits: [RankLimit]) -> String {
        let narrow = limits.filter { $0.largest == 0 }
        guard let largest = limits.filter({ $0.largest > 0 }).tightest?.largest else {
            return "no target takes one; use another method"
        }
        let most = "use at most \(largest)"
        guard !narrow.isEmpty else { return most }
        let names = narrow.map(\.projection.rawValue).joined(separator: ", ")
        return "leave \(names) out of the targets" + (rank > largest ? " and \(most)" : "")
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        configuration.sum(over: targets) { size(for: $0) * size(for: $0) }
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        memory(on: configuration) { _ in 0 }
    }

    /// The same with frozen numbers beside the matrix at a projection [out, in].
    func memory(
        on configuration: ModelConfiguration, frozen: (_ shape: (rows: Int, columns: Int)) -> Int
    ) -> MethodMemory {
        let mora = self
        return MethodMemory(targets, dropout: dropout, on: configuration, frozen: frozen) { shape in
            let size = mora.size(for: shape)
            return .square(
                size: size, blocks: mora.kind.blockCount(size: size, columns: shape.columns),
                isTurned: mora.kind == .rotation)
        }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        try adapted(base).tuned(adapterConfiguration)
    }

    /// A base with a square matrix at every target.
    func adapted(
        _ base: Transformer, ownsTargets: Bool = false
    ) throws -> AdaptedModel<MoRAAdapter> {
        try AdaptedModel(
            base, at: base.configuration.adapterPlaces(of: targets), dropout: dropout,
            ownsTargets: ownsTargets
        ) { site in try MoRAAdapter(site, kind: kind, size: size(for: site.place.shape)) }
    }

    /// PEFT has no MoRA: the keys are ours.
    var adapterConfiguration: AdapterConfiguration {
        AdapterConfiguration(
            "MORA",
            [
                "r": .integer(rank), "mora_operator": .text(kind.rawValue),
                "mora_dropout": .number(dropout),
            ])
    }
}
