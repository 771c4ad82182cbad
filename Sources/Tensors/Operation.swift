/// One recorded operation with what its backward pass needs.
enum Operation {
    case embedding(EmbeddingOperation)
    case rmsNorm(RMSNormOperation)
    case layerNorm(LayerNormOperation)
    case addBias(AddBiasOperation)
    case linear(LinearOperation)
    case linearInPlace(LinearOperation)
    case linearSlice(LinearSliceOperation)
    case add(AddOperation)
    case rotate(RotateOperation)
    case attention(AttentionOperation)
    case activate(ActivateOperation)
    case dropout(DropoutOperation)
    case scaleColumns(ScaleColumnsOperation)
    case scaleColumnsInPlace(ScaleColumnsOperation)
    case route(RouteOperation)
    case routeInPlace(RouteOperation)
    case crossEntropy(CrossEntropyOperation)

    /// The value that the operation made and whose gradient nobody needs after its replay.
    var output: Tensor? {
        switch self {
        case .embedding(let operation): operation.output
        case .rmsNorm(let operation): operation.output
        case .layerNorm(let operation): operation.output
        case .linear(let operation): operation.output
        case .linearSlice(let operation): operation.output
        case .attention(let operation): operation.output
        case .activate(let operation): operation.output
        case .dropout(let operation): operation.output
        case .scaleColumns(let operation): operation.output
        case .route(let operation): operation.output
        case .linearInPlace, .scaleColumnsInPlace, .routeInPlace, .add, .addBias, .rotate,
            .crossEntropy:
            nil
        }
    }

    /// Whether one pass over memory makes the output again.
    var isCheapToRemake: Bool {
        switch self {
        case .rmsNorm, .layerNorm, .activate: true
        default: false
        }
    }

    /// Makes a forgotten output again.
    func remake(on tape: Tape) {
        switch self {
        case .rmsNorm(let operation): operation.forward(on: tape)
        case .layerNorm(let operation): operation.forward(on: tape)
        case .activate(let operation): operation.forward(on: tape)
        default: preconditionFailure("only cheap values are forgotten")
        }
    }

    func backward(on tape: Tape) {
        switch self {
        case .embedding(let operation): operation.backward(on: tape)
        case .rmsNorm(let operation): operation.backward(on: tape)
        case .layerNorm(let operation): operation.backward(on: tape)
        case .addBias(let operation): operation.backward(on: tape)
        case .linear(let operation), .linearInPlace(let operation): operation.backward(on: tape)
        case .linearSlice(let operation): operation.backward(on: tape)
        case .add(let operation): operation.backward(on: tape)
        case .rotate(let operation): operation.backward(on: tape)
        case .attention(let operation): operation.backward(on: tape)
        case .activate(let operation): operation.backward(on: tape)
        case .dropout(let operation): operation.backward(on: tape)
        case .scaleColumns(let operation), .scaleColumnsInPlace(let operation):
            operation.backward(on: tape)
        case .route(let operation), .routeInPlace(let operation): operation.backward(on: tape)
        case .crossEntropy(let operation): operation.backward(on: tape)
        }
    }
}
