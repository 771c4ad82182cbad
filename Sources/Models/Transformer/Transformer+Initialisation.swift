internal import Foundation
internal import Tensors

extension Transformer {
    /// A new model to pretrain, frozen like those that are read.
    ///
    /// N(0, 0.02²), the projections that write to the residual stream scaled down by √(2·layers)
    /// as in GPT-2, norms at one, biases at zero.
    package static func initialised(
        _ configuration: ModelConfiguration, using generator: inout some RandomNumberGenerator
    ) throws -> Transformer {
        let model = try Transformer(configuration) { declaration in
            try Parameter(declaration, isTrainable: false)
        }
        let deviation: Float = 0.02
        let residual = deviation / Float(2 * configuration.layerCount).squareRoot()
        for (declaration, parameter) in zip(model.declarations, model.parameters) {
            switch declaration.role {
            case .norm: parameter.fill(configuration.design.norm == .rms(offset: 1) ? 0 : 1)
            case .bias, .normBias: parameter.fill(0)
            case .weight(let projection) where projection.writesResidual:
                parameter.fillNormal(deviation: residual, using: &generator)
            case .weight, .embedding, .head:
                parameter.fillNormal(deviation: deviation, using: &generator)
            }
        }
        return model
    }
}
