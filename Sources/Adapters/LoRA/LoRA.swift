package import Models
internal import Tensors

/// Low-rank adaptation (Hu and others 2021, arXiv 2106.09685).
///
/// h = W₀x + (alpha/rank)·B·A·x with A [rank, in] from U(−1/√in, 1/√in) and B [out, rank] = 0, as
/// PEFT initialises them (kaiming-uniform with a = √5).
package struct LoRA: FineTuningMethod, Equatable {
    /// Inner dimension, at least 1 and at most the smaller side of every adapted projection.
    package var rank: Int
    /// Scale numerator; LoRA Learns Less uses 2·rank (appendix A).
    package var alpha: Double
    /// Probability of zeroing an element of the adapter's input, 0..<1; the paper uses 0.05.
    package var dropout: Double
    /// The projections that get an adapter, of every layer.
    package var targets: Set<Projection>

    package init(
        rank: Int, alpha: Double, dropout: Double = 0,
        targets: Set<Projection> = Set(Projection.allCases)
    ) {
        self.rank = rank
        self.alpha = alpha
        self.dropout = dropout
        self.targets = targets
    }

    package var name: String { "lora" }
    package var displayedRank: Int? { rank }
    package var scale: Double { alpha / Double(rank) }

    package func problems(for configuration: ModelConfiguration) -> [String] {
        var problems: [String] = []
        if rank < 1 { problems.append("rank \(rank) is not positive: use at least 1") }
        if !(0..<1).contains(dropout) {
            problems.append("dropout \(dropout) is no probability: use a number from 0 to below 1")
        }
        if !alpha.isFinite { problems.append("alpha is \(alpha): use a finite number") }
        if targets.isEmpty { problems.append("no projection is adapted: name at least one target") }
        return problems + rankProblems(for: configuration)
    }

    private func rankProblems(for configuration: ModelConfiguration) -> [String] {
        targets.sorted { $0.rawValue < $1.rawValue }.compactMap { projection in
            let shape = configuration.shape(of: projection)
            let largest = min(shape.rows, shape.columns)
            guard rank > largest else { return nil }
            return """
                rank \(rank) is larger than projection \(projection.rawValue) \
                [\(shape.rows), \(shape.columns)]: use at most \(largest)
                """
        }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let model = try base.sharingParameters()
        for parameter in model.parameters { parameter.isTrainable = false }
        let seed = DropoutSeed()
        var adapters: [LoRAAdapter] = []
        for (layer, block) in model.blocks.enumerated() {
            for projection in Projection.allCases where targets.contains(projection) {
                let adapter = try LoRAAdapter(
                    name: "base_model.model.model.layers.\(layer).\(projection.path)",
                    shape: model.configuration.shape(of: projection), settings: self,
                    dropout: (seed, place: UInt64(adapters.count)))
                adapter.a.fillUniform(
                    bound: 1 / Float(adapter.a.columns).squareRoot(), using: &generator)
                block[projection].adapter = adapter
                adapters.append(adapter)
            }
        }
        return FineTunedModel(
            model: model, trainable: adapters.flatMap(\.parameters), dropout: seed,
            adapterConfiguration: adapterConfiguration)
    }

    private var adapterConfiguration: AdapterConfiguration {
        AdapterConfiguration(
            peftType: "LORA", rank: rank, alpha: alpha, dropout: dropout,
            targetModules: targets.map { "\($0.rawValue)_proj" }.sorted())
    }
}
