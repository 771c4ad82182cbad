internal import Kernels
package import Models
internal import Tensors

/// Noise on the embedded tokens while another method trains (Jain and others 2023, arXiv
/// 2310.05914).
///
/// To every element U(−1, 1)·α/√(L·d) is added, with L the tokens of the sequence and d the width of
/// the model; nothing when the model is evaluated.
package struct NEFTune: MethodVariant {
    package var origin: any FineTuningMethod
    /// The strength α, 0 or more; the paper uses 5 to 15.
    package var alpha: Double

    package init(_ origin: any FineTuningMethod, alpha: Double) {
        self.origin = origin
        self.alpha = alpha
    }

    package var name: String { origin.name }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        alpha >= 0 && alpha.isFinite
            ? [] : [MethodProblem(.noise, "a noise of \(alpha): use 0 or more")]
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let tuned = try origin.attach(to: base, using: &generator)
        tuned.model.embeddingNoise = NEFTuneNoise(alpha: alpha, seed: tuned.dropout)
        return tuned
    }
}

private final class NEFTuneNoise: EmbeddingNoise {
    private let alpha: Double
    private let seed: DropoutSeed

    init(alpha: Double, seed: DropoutSeed) {
        self.alpha = alpha
        self.seed = seed
    }

    func add(to rows: Tensor, layout: SequenceLayout, on tape: Tape) {
        for (index, sequence) in layout.segments.enumerated() {
            let size = Double(sequence.count * rows.columns)
            // The places of adapters count from 0.
            tape.addUniformNoise(
                to: sequence.start..<sequence.start + sequence.count, of: rows,
                bound: Float(alpha / size.squareRoot()), seed: seed.seed(place: ~index))
        }
    }
}
