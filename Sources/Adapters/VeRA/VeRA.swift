package import Models
internal import Tensors

/// Vector-based random matrix adaptation (Kopiczko and others 2023, arXiv 2310.11454).
///
/// h = W₀x + b ∘ (B · (d ∘ (A·x))) with one frozen random pair A [rank, widest in] and B
/// [widest out, rank] for the whole model, of which every projection takes its first columns and
/// rows, as PEFT does. Trained are d [rank], from 0.1, and b [out], from 0.
package struct VeRA: FineTuningMethod, Equatable {
    /// Inner dimension; may be larger than a projection, for it costs one number each, as long as
    /// the frozen pair stays smaller than the model.
    package var rank: Int
    /// Where every element of d starts; PEFT's `d_initial`.
    package var start: Double
    /// Probability of zeroing an element of the adapter's input, 0..<1.
    package var dropout: Double
    /// The projections that get an adapter, of every layer.
    package var targets: Set<Projection>

    package init(
        rank: Int, start: Double = 0.1, dropout: Double = 0,
        targets: Set<Projection> = Set(Projection.allCases)
    ) {
        self.rank = rank
        self.start = start
        self.dropout = dropout
        self.targets = targets
    }

    package var name: String { "vera" }
    package var displayedRank: Int? { rank }

    package func problems(for configuration: ModelConfiguration) -> [MethodProblem] {
        var problems = AdapterProblems(
            targets: targets, dropout: dropout, on: configuration)
        let largest = configuration.parameterCount / pairWidth(configuration)
        if problems.checkPositive(rank), rank > largest {
            problems.add(
                .rank,
                "rank \(rank) makes a frozen pair larger than the model: use at most \(largest)")
        }
        problems.checkFinite(.start, start)
        return problems.all
    }

    /// Numbers of the pair for each of its inner dimensions.
    private func pairWidth(_ configuration: ModelConfiguration) -> Int {
        let shapes = configuration.projections(among: targets).map { configuration.shape(of: $0) }
        return max(1, (shapes.map(\.rows).max() ?? 0) + (shapes.map(\.columns).max() ?? 0))
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        configuration.sum(over: targets) { rank + $0.rows }
    }

    /// The frozen pair is the arm's own.
    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        let rank = rank
        var memory = MethodMemory(targets, dropout: dropout, on: configuration) { _ in
            .scales(rank: rank)
        }
        memory.frozenCount = rank * pairWidth(configuration)
        return memory
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let places = base.configuration.adapterPlaces(of: targets)
        let pair = try VeRAPair(rank: rank, at: places)
        pair.draw(using: &generator)
        let adapted = try AdaptedModel(base, at: places, dropout: dropout) { site in
            let adapter = try VeRAAdapter(site, pair: pair)
            adapter.d.fill(Float(start))
            return adapter
        }
        return adapted.tuned(adapterConfiguration, files: pair.files + adapted.files)
    }

    private var adapterConfiguration: AdapterConfiguration {
        AdapterConfiguration(
            "VERA",
            [
                "r": .integer(rank), "d_initial": .number(start),
                "vera_dropout": .number(dropout), "save_projection": .flag(true),
            ])
    }
}
