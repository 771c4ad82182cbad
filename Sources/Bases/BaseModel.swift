internal import Adapters
internal import Catalog
package import Foundation
package import Models
package import Tokenizers

/// A pretrained model with its tokenizer: what every arm of a study starts from.
package struct BaseModel {
    /// As the user named it.
    package let name: String
    package let model: Transformer
    package let tokenizer: Tokenizer
    /// The Jinja text of the model's own chat template, unchecked; nil if it has none.
    package let chatTemplate: String?
    /// The folder that it was read from; nil for a file.
    package let folder: URL?

    package init(
        name: String, model: Transformer, tokenizer: Tokenizer, chatTemplate: String? = nil,
        folder: URL? = nil
    ) {
        self.name = name
        self.model = model
        self.tokenizer = tokenizer
        self.chatTemplate = chatTemplate
        self.folder = folder
    }

    /// The same with what training made of its model, in a folder of a checkpoint or an adapter.
    ///
    /// - Throws: As `TrainedFolder.model(on:)`.
    package func trained(in folder: URL) throws -> BaseModel {
        BaseModel(
            name: name, model: try TrainedFolder(folder).model(on: model), tokenizer: tokenizer,
            chatTemplate: chatTemplate, folder: self.folder)
    }

    /// Loads a `.gguf` file or a Hugging Face folder.
    ///
    /// - Throws: `WeightFileError`, `ModelFolderError`, `TokenizerError`, `TensorError.outOfMemory`.
    package static func load(name: String, from url: URL) throws -> BaseModel {
        let description = try ModelDescription(url)
        let model = try Transformer.load(
            description.configuration, from: description.weights, path: url.path)
        return BaseModel(
            name: name, model: model, tokenizer: description.tokenizer,
            chatTemplate: description.chatTemplate,
            folder: url.pathExtension == "gguf" ? nil : url)
    }
}

extension BaseModel {
    /// The base that ships with lethe.
    package static let embeddedName = "tiny"

    /// Loads a base by the name that a study gives it: the embedded one, one of the catalog, or a
    /// path.
    ///
    /// - Throws: `BaseModelError` if there is none; what `load(name:from:)` throws.
    package static func load(named name: String, locator: DataLocator) throws -> BaseModel {
        try load(name: name, from: try url(of: name, locator: locator))
    }

    /// Where a base is on disk.
    ///
    /// - Throws: `BaseModelError`.
    package static func url(of name: String, locator: DataLocator) throws -> URL {
        if name == embeddedName {
            guard let found = locator.find("base/\(embeddedName)") else {
                throw BaseModelError.noEmbeddedBase
            }
            return found.url
        }
        if let entry = ModelCatalog.entries.first(where: { $0.name == name }) {
            let url = ModelCatalog().localURL(of: entry)
            guard FileManager.default.fileExists(atPath: url.path) else {
                throw BaseModelError.notFetched(name, path: url.path)
            }
            return url
        }
        guard let found = locator.find(name) else {
            throw BaseModelError.notFound(
                name, known: [embeddedName] + ModelCatalog.entries.map(\.name))
        }
        guard !needsBase(found.url) else { throw BaseModelError.checkpoint(name) }
        return found.url
    }

    /// Whether training made the folder and it is no model without its base.
    ///
    /// Whole models, too, can have an adapter or a trainer's state beside them.
    private static func needsBase(_ folder: URL) -> Bool {
        (TrainedFolder(folder).isAdapter || TrainedFolder(folder).hasTrainer)
            && !ModelDescription.describes(folder)
    }
}

/// Why a base model cannot be found.
package enum BaseModelError: Error, Equatable, Sendable, CustomStringConvertible {
    case noEmbeddedBase
    case notFetched(String, path: String)
    case notFound(String, known: [String])
    /// A folder with what was trained, without what makes it a model.
    case checkpoint(String)

    package var description: String {
        switch self {
        case .noEmbeddedBase:
            "the embedded model is missing: datasets/base/tiny is not beside the program"
        case .notFetched(let name, let path):
            "\(name) is not on this machine (\(path)): run `lethe model get \(name)`"
        case .notFound(let name, let known):
            "no model \(name): use \(known.joined(separator: ", ")), or the path of a .gguf file "
                + "or a Hugging Face folder"
        case .checkpoint(let name):
            "\(name) is a checkpoint or an adapter, not a whole model: make one of it and its base "
                + "with `lethe model merge BASE --adapter \(name) --out FOLDER`"
        }
    }
}
