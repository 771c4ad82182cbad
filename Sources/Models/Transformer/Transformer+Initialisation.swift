internal import Foundation
internal import Tensors

extension Transformer {
    /// A new model to pretrain, frozen like those that are read.
    ///
    /// N(0, 0.02²), the projections that write to the residual stream scaled down by √(2·layers)
    /// as in GPT-2, norms at one.
    package static func initialised(
        _ configuration: ModelConfiguration, using generator: inout some RandomNumberGenerator
    ) throws -> Transformer {
        let model = try Transformer(configuration) { name, rows, columns in
            try Parameter(name, rows: rows, columns: columns, isTrainable: false)
        }
        let deviation: Float = 0.02
        let residual = deviation / Float(2 * configuration.layerCount).squareRoot()
        for parameter in model.parameters {
            let name = parameter.name
            if name.hasSuffix("norm.weight") {
                parameter.fill(1)
            } else if name.contains("o_proj") || name.contains("down_proj") {
                parameter.fillNormal(deviation: residual, using: &generator)
            } else {
                parameter.fillNormal(deviation: deviation, using: &generator)
            }
        }
        return model
    }
}
