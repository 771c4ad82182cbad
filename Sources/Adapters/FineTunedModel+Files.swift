package import Foundation
internal import Models
internal import Platform
internal import Tensors

extension FineTunedModel {
    /// Writes the trained tensors and what they need: a whole model in Hugging Face's form, or an
    /// adapter in PEFT's, and both if the adapter's updates were merged into the model.
    ///
    /// - Throws: `WeightFileError` or `FileError` if something cannot be written.
    package func writeTrained(to folder: URL) throws {
        guard let adapterConfiguration else { return try model.save(toFolder: folder) }
        if restarting != nil { try model.save(toFolder: folder) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try WholeFile.write(
            try encoder.encode(adapterConfiguration),
            to: folder.appending(path: Self.configurationFile))
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for tensor in files { writer.add(tensor.name, shape: tensor.shape, values: tensor.values) }
        try writer.write(to: folder.appending(path: Self.adapterFile))
    }

    /// Reads what `writeTrained` or PEFT wrote for the same method and base.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError.badTensors`.
    package func readTrained(from folder: URL) throws {
        let (file, path) =
            adapterConfiguration == nil
            ? try Self.weights(in: folder) : try Self.adapter(in: folder)
        try file.check(files.map { ($0.storedName(in: file), $0.shape) }, path: path)
        for tensor in files { try tensor.read(from: file) }
        if let restarting { try Self.read(restarting.ownWeights, from: folder) }
        didRead()
    }

    private static func read(_ weights: [Parameter], from folder: URL) throws {
        let (file, path) = try Self.weights(in: folder)
        try file.check(weights.map { ($0.name, $0.storedShape) }, path: path)
        for weight in weights { try file.read(weight.name, into: weight.storage.buffer) }
    }

    private static func adapter(in folder: URL) throws -> (any WeightFile, path: String) {
        let url = folder.appending(path: adapterFile)
        return (try SafetensorsFile(url), url.path)
    }

    private static func weights(in folder: URL) throws -> (any WeightFile, path: String) {
        let name = folder.has(WeightFileName.index) ? WeightFileName.index : WeightFileName.whole
        return (try openWeightFile(at: folder), folder.appending(path: name).path)
    }

    static var configurationFile: String { "adapter_config.json" }
    static var adapterFile: String { "adapter_model.safetensors" }
}
