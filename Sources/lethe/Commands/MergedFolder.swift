import Adapters
import Bases
import Foundation
import Models
import Platform
import Tokenizers

/// The folder of a model that training is merged into: as Hugging Face has it.
enum MergedFolder {
    /// - Throws: `MergeError` if something stands at its place.
    static func check(_ target: URL) throws {
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw MergeError.exists(path: target.path)
        }
    }

    /// Makes the folder, whole or not at all.
    ///
    /// - Parameters:
    ///   - target: Where; nothing stands there.
    ///   - base: What was trained.
    ///   - adapter: The folder of a checkpoint, or of an adapter.
    /// - Throws: What is wrong with the adapter, or with the place.
    static func make(_ target: URL, of base: BaseModel, adapter: URL) throws {
        let trained = try base.trained(in: adapter)
        let merged = BaseModel(
            name: target.path, model: try trained.model.merged(), tokenizer: base.tokenizer,
            chatTemplate: base.chatTemplate, folder: base.folder)
        try write(merged, to: target)
    }

    /// Writes beside the target first.
    private static func write(_ merged: BaseModel, to target: URL) throws {
        let unfinished = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).partial")
        try? FileManager.default.removeItem(at: unfinished)
        try Draft.making(unfinished) {
            try merged.model.save(toFolder: unfinished)
            try merged.tokenizer.save(toFolder: unfinished)
            if let folder = merged.folder {
                try CompanionFiles.copy(from: folder, to: unfinished)
            } else if let text = merged.chatTemplate {
                try ChatTemplateFile.write(text, toFolder: unfinished)
            }
            guard rename(unfinished.path, target.path) == 0 else {
                throw FileError.last("create", target)
            }
        }
    }
}

/// Why a model cannot be merged.
private enum MergeError: Error, CustomStringConvertible {
    case exists(path: String)

    var description: String {
        switch self {
        case .exists(let path): "\(path) is there already: name a folder that is not"
        }
    }
}
