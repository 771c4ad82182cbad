internal import Foundation
internal import Models
internal import Tokenizers

/// The parts of a model on disk, as far as they can be read, and all that is wrong with them.
struct ModelParts {
    private(set) var configuration: ModelConfiguration?
    private(set) var tokenizer: Tokenizer?
    private(set) var chatTemplate: String?
    private(set) var weights: (any WeightFile)?
    private var failures: [any Error] = []

    /// Reads a `.gguf` file or a Hugging Face folder; of the weights the list of tensors alone.
    init(_ url: URL) {
        if url.pathExtension == "gguf" { readFile(url) } else { readFolder(url) }
        compare(path: url.path)
    }

    /// What is wrong, in one error; nil if all is well.
    var failure: (any Error)? {
        failures.count > 1 ? ModelFolderError.several(failures.map { "\($0)" }) : failures.first
    }

    private mutating func readFile(_ url: URL) {
        guard let file = attempt({ try GGUFFile(url) }) else { return }
        weights = file
        configuration = attempt { try file.modelConfiguration() }
        chatTemplate = file.metadata["tokenizer.chat_template"]?.string
        tokenizer = attempt { try ModelTokenizer.read(file, path: url.path) }
    }

    /// A folder without a `config.json` is no model, and nothing else of it matters.
    private mutating func readFolder(_ url: URL) {
        guard ModelDescription.has(HuggingFaceConfiguration.fileName, in: url) else {
            failures.append(ModelFolderError.notAModel(path: url.path))
            return
        }
        configuration = attempt { try ModelDescription.folderConfiguration(url) }
        readTokenizer(url)
        chatTemplate = ChatTemplateFile.text(inFolder: url)
        weights = attempt { try openWeightFile(at: url) }
    }

    /// The tokenizer's edge tokens may come from the configuration, which is told of only once.
    private mutating func readTokenizer(_ url: URL) {
        let file = url.appending(path: HuggingFaceConfiguration.fileName).path
        tokenizer = attempt { try Tokenizer(folder: url) }
        if case TokenizerError.unreadable(path: file, _)? = failures.last, failures.count > 1 {
            failures.removeLast()
        }
    }

    /// Compares what could be read of the parts with each other.
    private mutating func compare(path: String) {
        guard let configuration else { return }
        let rows = configuration.vocabularySize
        if let tokens = tokenizer?.vocabularySize, tokens > rows {
            failures.append(
                ModelFolderError.tokensWithoutRow(path: path, tokens: tokens, rows: rows))
        }
        guard let weights else { return }
        attempt { try Transformer.check(configuration, in: weights, path: path) }
    }

    @discardableResult
    private mutating func attempt<Part>(_ read: () throws -> Part) -> Part? {
        do {
            return try read()
        } catch {
            failures.append(error)
            return nil
        }
    }
}
