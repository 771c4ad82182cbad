internal import Tensors

/// A normalisation of rows, of either kind.
struct Norm {
    private enum Kind {
        case rms(offset: Float)
        case layer(bias: Parameter)
    }

    private let gain: Parameter
    private let kind: Kind
    private let epsilon: Float

    /// The norm of a place, where the model has one.
    init?(
        _ place: NormPlace, of configuration: ModelConfiguration,
        parameter: (ParameterRole) -> Parameter?
    ) {
        guard let gain = parameter(.norm(place)) else { return nil }
        self.gain = gain
        epsilon = Float(configuration.normEpsilon)
        switch configuration.design.norm {
        case .rms(let offset): kind = .rms(offset: offset)
        case .layer:
            guard let bias = parameter(.normBias(place)) else { return nil }
            kind = .layer(bias: bias)
        }
    }

    /// Normalises rows that are one vector each, or several as wide as the gain.
    func callAsFunction(_ input: Tensor, on tape: Tape) -> Tensor {
        let rows = tape.reshaped(
            input, rows: input.count / gain.count, columns: gain.count)
        let output =
            switch kind {
            case .rms(let offset):
                tape.rmsNorm(rows, gain: gain, offset: offset, epsilon: epsilon)
            case .layer(let bias): tape.layerNorm(rows, gain: gain, bias: bias, epsilon: epsilon)
            }
        return tape.reshaped(output, rows: input.rows, columns: input.columns)
    }
}
