package import Foundation
internal import Models
internal import Tensors

extension FineTunedModel {
    /// Writes the trained tensors: a whole model in Hugging Face's form, or an adapter in PEFT's.
    ///
    /// - Throws: `WeightFileError` or Foundation's error if something cannot be written.
    package func writeTrained(to folder: URL) throws {
        guard let adapterConfiguration else { return try model.save(toFolder: folder) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(adapterConfiguration)
            .write(to: folder.appending(path: "adapter_config.json"), options: .atomic)
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for parameter in trainable {
            writer.add(
                parameter.name, shape: parameter.storedShape,
                values: UnsafeBufferPointer(parameter.storage.buffer))
        }
        try writer.write(to: folder.appending(path: Self.adapterFile))
    }

    /// Reads what `writeTrained` or PEFT wrote for the same method and base.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError.badTensors`.
    package func readTrained(from folder: URL) throws {
        let name = adapterConfiguration == nil ? "model.safetensors" : Self.adapterFile
        let url = folder.appending(path: name)
        let file = try SafetensorsFile(url)
        let names = trainable.map { Self.storedName(of: $0, in: file) }
        let problems = zip(trainable, names)
            .filter { file.shape(of: $1) != $0.storedShape }
            .map { "\($0.0.name) is missing or not \($0.0.storedShape)" }
        guard problems.isEmpty else {
            throw ModelFolderError.badTensors(path: url.path, problems)
        }
        for (parameter, name) in zip(trainable, names) {
            try file.read(name, into: parameter.storage.buffer)
        }
    }

    /// The name of a tensor in a file: PEFT puts the adapter's name, `default`, into it in memory
    /// and leaves it out in files; files with it exist.
    static func storedName(of parameter: Parameter, in file: some WeightFile) -> String {
        guard file.shape(of: parameter.name) == nil, parameter.name.hasSuffix(".weight") else {
            return parameter.name
        }
        let named = String(parameter.name.dropLast("weight".count)) + "default.weight"
        return file.shape(of: named) == nil ? parameter.name : named
    }

    static var adapterFile: String { "adapter_model.safetensors" }
}

/// PEFT's `adapter_config.json`, as far as LoRA needs it.
package struct AdapterConfiguration: Codable, Sendable, Equatable {
    var peftType: String
    var taskType = "CAUSAL_LM"
    var rank: Int
    var alpha: Double
    var dropout: Double
    var targetModules: [String]
    var bias = "none"
    var baseModel: String?

    private enum CodingKeys: String, CodingKey {
        case peftType = "peft_type"
        case taskType = "task_type"
        case rank = "r"
        case alpha = "lora_alpha"
        case dropout = "lora_dropout"
        case targetModules = "target_modules"
        case bias
        case baseModel = "base_model_name_or_path"
    }
}
