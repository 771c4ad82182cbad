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

    /// Opens a `.gguf` file or a Hugging Face folder.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`, `TokenizerError`.
    package init(_ url: URL) throws {
        self.url = url
        if url.pathExtension == "gguf" {
            let file = try GGUFFile(url)
            let parts = try file.tokenizerMetadata()
            configuration = try file.modelConfiguration()
            weights = file
            chatTemplate = file.metadata["tokenizer.chat_template"]?.string
            tokenizer = try Tokenizer(
                ggufTokens: parts.tokens, merges: parts.merges, tokenTypes: parts.tokenTypes,
                preTokenizer: parts.preTokenizer, bosID: parts.bosID, eosID: parts.eosID)
        } else {
            configuration = try Self.folderConfiguration(url)
            tokenizer = try Tokenizer(folder: url)
            chatTemplate = ChatTemplateFile.text(inFolder: url)
            weights = try openWeightFile(at: url)
        }
        let problems = configuration.problems
        guard problems.isEmpty else {
            throw ModelFolderError.badConfiguration(path: url.path, problems)
        }
    }

    /// The sizes of a model, which may have weights or a tokenizer that cannot be read.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`.
    package static func configuration(at url: URL) throws -> ModelConfiguration {
        let configuration =
            url.pathExtension == "gguf"
            ? try GGUFFile(url).modelConfiguration()
            : try folderConfiguration(url)
        let problems = configuration.problems
        guard problems.isEmpty else {
            throw ModelFolderError.badConfiguration(path: url.path, problems)
        }
        return configuration
    }

    private static func folderConfiguration(
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

    private static func has(_ file: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: file).path)
    }

    /// `GGUF` or `Hugging Face`.
    package var format: String { url.pathExtension == "gguf" ? "GGUF" : "Hugging Face" }

    /// The bytes of the file, or of all files directly in the folder.
    package var sizeBytes: Int { FileSize.bytes(of: url) }

    /// The bytes that the weights take in memory, as 32-bit floats.
    package var memoryBytes: Int {
        configuration.parameterCount * MemoryLayout<Float>.stride
    }
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
