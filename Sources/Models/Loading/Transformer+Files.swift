package import Foundation
package import Tensors

extension Transformer {
    /// A frozen model with the weights of a file.
    ///
    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - file: Tensors under Hugging Face names.
    ///   - path: The file's name for error messages.
    /// - Returns: The model.
    /// - Throws: `ModelFolderError.badTensors` naming every tensor that does not fit,
    ///   `WeightFileError`, `TensorError.outOfMemory`.
    package static func load(
        _ configuration: ModelConfiguration, from file: any WeightFile, path: String
    ) throws -> Transformer {
        var problems: [String] = []
        let model = try Transformer(configuration) { name, rows, columns in
            let parameter = try Parameter(name, rows: rows, columns: columns, isTrainable: false)
            let expected = name.hasSuffix("norm.weight") ? [columns] : [rows, columns]
            if file.shape(of: name) == expected {
                try file.read(name, into: parameter.storage.buffer)
            } else {
                let found = file.shape(of: name).map { "has shape \($0)" } ?? "is missing"
                problems.append("\(name) \(found), expected \(expected)")
            }
            return parameter
        }
        guard problems.isEmpty else { throw ModelFolderError.badTensors(path: path, problems) }
        return model
    }

    /// Writes `config.json` and `model.safetensors` into a folder as Hugging Face reads them.
    ///
    /// - Throws: `WeightFileError`, or Foundation's error.
    package func save(toFolder folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try HuggingFaceConfiguration.write(
            configuration, to: folder.appending(path: HuggingFaceConfiguration.fileName))
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for parameter in parameters {
            writer.add(
                parameter.name, shape: parameter.storedShape,
                values: UnsafeBufferPointer(parameter.storage.buffer))
        }
        try writer.write(to: folder.appending(path: WeightFileName.whole))
    }
}

extension Parameter {
    /// The shape in files: vectors have one dimension.
    package var storedShape: [Int] {
        Self.vectorSuffixes.contains { name.hasSuffix($0) } ? [columns] : [rows, columns]
    }

    /// What the names of vectors end with: norms, and the scales of DoRA and VeRA.
    private static let vectorSuffixes = [
        "norm.weight", "lora_magnitude_vector", "vera_lambda_b", "vera_lambda_d",
    ]
}
