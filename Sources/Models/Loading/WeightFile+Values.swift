internal import Foundation
internal import Kernels
package import Tensors

extension WeightFile {
    /// A sentence about values that are not finite, of a tensor that was read; nil if all are.
    package func problem(withValuesOf tensor: Parameter, _ name: String) -> String? {
        withExtendedLifetime(tensor) {
            guard !Elementwise.areFinite(tensor.values, count: tensor.count) else { return nil }
            let first = tensor.storage.buffer.first { !$0.isFinite } ?? .nan
            return "\(spelling(of: name)) has numbers that are not finite, such as \(first)"
        }
    }

    /// A sentence about a head that is stored beside the table it is tied to, and differs.
    func problem(
        ofHeadBeside table: Parameter, _ configuration: ModelConfiguration
    ) throws -> String? {
        let (name, tableName) = (
            configuration.declaration(.head).name, configuration.declaration(.embedding).name
        )
        let head = try tensor(name)
        let isEqual = withExtendedLifetime((head, table)) {
            memcmp(head.values, table.values, table.count * MemoryLayout<Float>.stride) == 0
        }
        return isEqual
            ? nil
            : "\(spelling(of: name)) differs from \(spelling(of: tableName)) although "
                + "tie_word_embeddings is true"
    }

    /// A tensor of any shape, in memory of its own.
    func tensor(_ name: String) throws -> Parameter {
        let count = (shape(of: name) ?? []).reduce(1, *)
        let parameter = try Parameter(name, rows: 1, columns: max(1, count), isTrainable: false)
        if count > 0 { try read(name, into: parameter.storage.buffer) }
        return parameter
    }
}
