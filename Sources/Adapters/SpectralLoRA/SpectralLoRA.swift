internal import Kernels
package import Models
internal import Tensors

/// LoRA that takes its start out of the base weight: PiSSA and MiLoRA.
///
/// With W₀ = U·S·V' and r chosen singular triples, B = U_r·√(S_r/s), A = √(S_r/s)·V_r' and the
/// frozen weight is W₀ − s·B·A, so that the first output is the base's up to rounding. The update
/// is s·(B·A − B₀·A₀), of rank up to 2r.
package struct SpectralLoRA: MethodVariant, Equatable {
    /// Which singular triples start in the pair.
    package enum Part: String, Sendable {
        /// The largest (Meng and others 2024, arXiv 2404.02948).
        case pissa
        /// The smallest (Wang and others 2024, arXiv 2406.09044).
        case milora
    }

    /// Rank, scale, dropout and targets; its initialisation is not used.
    ///
    /// The papers take alpha = rank and no dropout, for what is dropped from the pair is missing
    /// from the base.
    package var lora: LoRA
    package var part: Part

    package init(_ lora: LoRA, part: Part) {
        self.lora = lora
        self.part = part
    }

    package var name: String { part.rawValue }
    package var origin: any FineTuningMethod { lora }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        lora.alpha.isFinite && lora.alpha <= 0
            ? [MethodProblem(.alpha, "\(lora.alpha) is not positive: use a number above 0")] : []
    }

    /// The weights without the start, and the start itself.
    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        lora.memory(on: configuration) {
            $0.rows * $0.columns + lora.rank * ($0.rows + $0.columns)
        }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try AdaptedModel(
            base, at: base.configuration.adapterPlaces(of: lora.targets), dropout: lora.dropout,
            ownsTargets: true
        ) { site in
            try SpectralAdapter(
                site, rank: lora.rank, scale: lora.scale,
                original: base.linear(at: site.place).weight)
        }
        let (part, pairs) = (part, adapted.adapters)
        Workers.run(pairs.count) { index, _ in pairs[index].start(from: part) }
        let tuned = adapted.tuned(adapterConfiguration, files: pairs.flatMap(\.files))
        tuned.didRead = { for pair in pairs { pair.takeStartFromBase() } }
        return tuned
    }

    /// A plain LoRA of twice the rank on the unchanged base, the form into which PEFT converts
    /// PiSSA: the pair beside its start with the other sign.
    private var adapterConfiguration: AdapterConfiguration {
        var twice = lora
        twice.rank = 2 * lora.rank
        twice.alpha =
            lora.alpha * lora.scaling.divisor(rank: twice.rank)
            / lora.scaling.divisor(rank: lora.rank)
        twice.initialisation = .kaiming
        return twice.adapterConfiguration
    }
}
