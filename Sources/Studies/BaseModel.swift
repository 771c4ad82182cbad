package import Foundation
package import Models
package import Tokenizers

/// A pretrained model with its tokenizer: what every arm of a study starts from.
package struct BaseModel {
    /// As the user named it.
    package let name: String
    package let model: Transformer
    package let tokenizer: Tokenizer

    package init(name: String, model: Transformer, tokenizer: Tokenizer) {
        self.name = name
        self.model = model
        self.tokenizer = tokenizer
    }

    /// Loads a `.gguf` file or a Hugging Face folder.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`, `TokenizerError`, `TensorError.outOfMemory`.
    package static func load(name: String, from url: URL) throws -> BaseModel {
        url.pathExtension == "gguf" ? try loadGGUF(name, url) : try loadFolder(name, url)
    }

    private static func loadFolder(_ name: String, _ folder: URL) throws -> BaseModel {
        let configuration = try HuggingFaceConfiguration.read(
            folder.appending(path: "config.json"))
        let tokenizer = try Tokenizer(folder: folder)
        let model = try Transformer.load(
            configuration, from: try openWeightFile(at: folder), path: folder.path)
        return BaseModel(name: name, model: model, tokenizer: tokenizer)
    }

    private static func loadGGUF(_ name: String, _ url: URL) throws -> BaseModel {
        let file = try GGUFFile(url)
        let configuration = try file.modelConfiguration()
        let problems = configuration.problems
        guard problems.isEmpty else {
            throw ModelFolderError.badConfiguration(path: url.path, problems)
        }
        let parts = try file.tokenizerMetadata()
        let tokenizer = try Tokenizer(
            ggufTokens: parts.tokens, merges: parts.merges, tokenTypes: parts.tokenTypes,
            preTokenizer: parts.preTokenizer, bosID: parts.bosID, eosID: parts.eosID)
        let model = try Transformer.load(configuration, from: file, path: url.path)
        return BaseModel(name: name, model: model, tokenizer: tokenizer)
    }
}
