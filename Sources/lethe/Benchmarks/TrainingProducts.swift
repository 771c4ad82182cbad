import Adapters
import Kernels
import Models
import Tensors

/// The matrix products of one training step, forward and backward.
///
/// They are those of the projections with their adapters and of the output head, without those
/// inside attention.
struct TrainingProducts {
    private let configuration: ModelConfiguration
    private let tokens: Int
    /// The rank of LoRA on all projections; nil where every weight is trained.
    private let rank: Int?

    /// Nil for methods other than full fine-tuning of all weights and LoRA on all projections.
    init?(_ configuration: ModelConfiguration, tokens: Int, method: any FineTuningMethod) {
        switch method {
        case let full as FullFineTuning where full == FullFineTuning(): rank = nil
        case let lora as LoRA where lora.targets.isSuperset(of: configuration.projections):
            rank = lora.rank
        default: return nil
        }
        self.configuration = configuration
        self.tokens = tokens
    }

    var list: [MatrixProduct] {
        (0..<configuration.layerCount).flatMap { layer in
            configuration.projections.flatMap { projection in
                let isFirst = layer == 0 && [.q, .k, .v, .qkv].contains(projection)
                return products(
                    configuration.shape(of: projection), needsInputGradient: rank == nil || !isFirst
                )
            }
        } + head
    }

    private func products(
        _ shape: (rows: Int, columns: Int), needsInputGradient: Bool
    ) -> [MatrixProduct] {
        var list = [forward(shape)]
        if needsInputGradient { list.append(inputGradient(shape)) }
        guard let rank else { return list + [weightGradient(shape)] }
        let (a, b) = ((rows: rank, columns: shape.columns), (rows: shape.rows, columns: rank))
        list += [forward(a), forward(b), inputGradient(b), weightGradient(b), weightGradient(a)]
        return needsInputGradient ? list + [inputGradient(a)] : list
    }

    private var head: [MatrixProduct] {
        let (vocabulary, width) = (configuration.vocabularySize, configuration.hiddenSize)
        let chunk = Tape.logitsChunk(rows: tokens, vocabulary: vocabulary)
        return stride(from: 0, to: tokens, by: chunk).flatMap { start in
            let rows = min(chunk, tokens - start)
            let shape = (rows: vocabulary, columns: width)
            let list = [forward(shape, rows), inputGradient(shape, rows)]
            return rank == nil ? list + [weightGradient(shape, rows)] : list
        }
    }

    /// The product x·Wᵀ.
    private func forward(
        _ weight: (rows: Int, columns: Int), _ rows: Int? = nil
    ) -> MatrixProduct {
        MatrixProduct(
            rows: rows ?? tokens, inner: weight.columns, columns: weight.rows,
            rightTransposed: true)
    }

    /// The product dy·W.
    private func inputGradient(
        _ weight: (rows: Int, columns: Int), _ rows: Int? = nil
    ) -> MatrixProduct {
        MatrixProduct(rows: rows ?? tokens, inner: weight.rows, columns: weight.columns)
    }

    /// The product dyᵀ·x.
    private func weightGradient(
        _ weight: (rows: Int, columns: Int), _ rows: Int? = nil
    ) -> MatrixProduct {
        MatrixProduct(
            rows: weight.rows, inner: rows ?? tokens, columns: weight.columns, leftTransposed: true)
    }
}
