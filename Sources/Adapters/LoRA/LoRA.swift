package import Models
internal import Tensors

/// Low-rank adaptation (Hu and others 2021, arXiv 2106.09685).
///
/// h = W₀x + s·B·A·x with A [rank, in] from random values and B [out, rank] = 0, as PEFT
/// initialises them.
package struct LoRA: FineTuningMethod, Equatable {
    /// The factor s on the update.
    package enum Scaling: String, Sendable, CaseIterable {
        /// alpha / rank.
        case lora
        /// alpha / √rank (Kalajdzievski 2023, arXiv 2312.03732): the update does not shrink as the
        /// rank grows.
        case rslora

        /// What alpha is divided by.
        func divisor(rank: Int) -> Double {
            switch self {
            case .lora: Double(rank)
            case .rslora: Double(rank).squareRoot()
            }
        }
    }

    /// Where A starts.
    package enum Initialisation: String, Sendable, CaseIterable {
        /// U(−1/√in, 1/√in): PEFT's kaiming-uniform with a = √5.
        case kaiming
        /// N(0, 1/rank²), as PEFT's option of the same name.
        case gaussian
    }

    /// Inner dimension, at least 1 and at most the smaller side of every adapted projection.
    package var rank: Int
    /// Scale numerator; LoRA Learns Less uses 2·rank (appendix A).
    package var alpha: Double
    /// Probability of zeroing an element of the adapter's input, 0..<1; the paper uses 0.05.
    package var dropout: Double
    /// The projections that get an adapter, of every layer.
    package var targets: Set<Projection>
    package var scaling: Scaling
    package var initialisation: Initialisation

    package init(
        rank: Int, alpha: Double, dropout: Double = 0,
        targets: Set<Projection> = Set(Projection.allCases), scaling: Scaling = .lora,
        initialisation: Initialisation = .kaiming
    ) {
        self.rank = rank
        self.alpha = alpha
        self.dropout = dropout
        self.targets = targets
        self.scaling = scaling
        self.initialisation = initialisation
    }

    package var name: String { "lora" }
    package var displayedRank: Int? { rank }

    /// The factor s.
    package var scale: Double { alpha / scaling.divisor(rank: rank) }

    package func problems(for configuration: ModelConfiguration) -> [MethodProblem] {
        var problems = AdapterProblems(
            targets: targets, dropout: dropout, on: configuration)
        problems.checkFinite(.alpha, alpha)
        problems.checkRank(rank, for: configuration)
        return problems.all
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        configuration.sum(over: targets) { rank * ($0.rows + $0.columns) }
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        memory(on: configuration, trainsFirst: true)
    }

    /// The same of a variant.
    ///
    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - trainsFirst: Whether A is trained.
    ///   - hasMagnitude: Whether rows have trained norms.
    ///   - frozen: Numbers beside the pair at a projection [out, in].
    /// - Returns: The description.
    func memory(
        on configuration: ModelConfiguration, trainsFirst: Bool = true, hasMagnitude: Bool = false,
        frozen: (_ shape: (rows: Int, columns: Int)) -> Int = { _ in 0 }
    ) -> MethodMemory {
        let rank = rank
        return MethodMemory(targets, dropout: dropout, on: configuration, frozen: frozen) { _ in
            .pair(rank: rank, trainsFirst: trainsFirst, hasMagnitude: hasMagnitude)
        }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        try adapted(base, using: &generator).tuned(adapterConfiguration)
    }

    /// A base with a low-rank pair at every target.
    func adapted(
        _ base: Transformer, ownsTargets: Bool = false,
        using generator: inout some RandomNumberGenerator
    ) throws -> AdaptedModel<LoRAAdapter> {
        try AdaptedModel(
            base, at: base.configuration.adapterPlaces(of: targets), dropout: dropout,
            ownsTargets: ownsTargets
        ) { site in
            let adapter = try LoRAAdapter(site, rank: rank, scale: scale)
            initialise(adapter.a, using: &generator)
            return adapter
        }
    }

    /// Gives A its starting values.
    func initialise(_ a: Parameter, using generator: inout some RandomNumberGenerator) {
        switch initialisation {
        case .kaiming:
            a.fillUniform(bound: 1 / Float(a.columns).squareRoot(), using: &generator)
        case .gaussian: a.fillNormal(deviation: 1 / Float(rank), using: &generator)
        }
    }

    /// PEFT's description; variants add their own keys.
    var adapterConfiguration: AdapterConfiguration {
        AdapterConfiguration(
            "LORA",
            [
                "r": .integer(rank), "lora_alpha": .number(alpha),
                "lora_dropout": .number(dropout), "use_rslora": .flag(scaling == .rslora),
                "init_lora_weights":
                    initialisation == .gaussian ? .text("gaussian") : .flag(true),
            ])
    }
}
