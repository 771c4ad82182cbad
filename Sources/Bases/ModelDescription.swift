package import Foundation
package import Models
package import Tokenizers

/// A model on disk: its sizes and its tokenizer, with the weights opened but not read.
package struct ModelDescription {
    package let url: URL
    package let configuration: ModelConfiguration
    package let tokenizer: Tokenizer
    /// The Jinja text of the model's own chat template, unchecked; nil if it has none.
    package let chatTemplate: String?
    package let weights: any WeightFile

    /// Opens a `.gguf` file or a Hugging Face folder, and compares its parts with each other.
    ///
    /// Of the weights only the list of tensors is read.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`, `TokenizerError`; with several of them
    ///   `ModelFolderError.several`.
    package init(_ url: URL) throws {
        let parts = ModelParts(url)
        if let failure = parts.failure { throw failure }
        guard let configuration = parts.configuration, let tokenizer = parts.tokenizer,
            let weights = parts.weights
        else { preconditionFailure("a part is missing without a reason") }
        self.url = url
        self.configuration = configuration
        self.tokenizer = tokenizer
        self.weights = weights
        chatTemplate = parts.chatTemplate
    }

    /// Reads all weights once and looks for what the list of tensors does not show: numbers that are
    /// not finite, and a head that differs from the table it is tied to.
    ///
    /// - Throws: `ModelFolderError.badTensors`, `WeightFileError`, `TensorError.outOfMemory`.
    package func checkValues() throws {
        try Transformer.check(configuration, in: weights, path: url.path, readsValues: true)
    }

    /// The sizes of a model, which may have weights or a tokenizer that cannot be read.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`.
    package static func configuration(at url: URL) throws -> ModelConfiguration {
        url.pathExtension == "gguf"
            ? try GGUFFile(url).modelConfiguration()
            : try folderConfiguration(url)
    }

    static func folderConfiguration(
        _ url: URL
    ) throws(ModelFolderError) -> ModelConfiguration {
        guard has(HuggingFaceConfiguration.fileName, in: url) else {
            throw .notAModel(path: url.path)
        }
        return try HuggingFaceConfiguration.read(
            url.appending(path: HuggingFaceConfiguration.fileName))
    }

    /// Whether a folder has what describes a model beside its weights.
    static func describes(_ folder: URL) -> Bool {
        has(HuggingFaceConfiguration.fileName, in: folder) && has(Tokenizer.fileName, in: folder)
    }

    static func has(_ file: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: file).path)
    }

    /// `GGUF` or `Hugging Face`.
    package var format: String { url.pathExtension == "gguf" ? "GGUF" : "Hugging Face" }

    /// The bytes of the file, or of all files directly in the folder.
    package var sizeBytes: Int { FileSize.bytes(of: url) }

    /// The bytes that the weights take in memory, as 32-bit floats.
    package var memoryBytes: Int { configuration.memoryBytes }
}

/// Sizes of files.
package enum FileSize {
    /// The bytes of a file, or of all files directly in a folder; 0 if there is none.
    package static func bytes(of url: URL) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        let files = names.isEmpty ? [url] : names.map { url.appending(path: $0) }
        return files.reduce(0) { total, file in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: file.resolvingSymlinksInPath().path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { return total }
            return total + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }
}
