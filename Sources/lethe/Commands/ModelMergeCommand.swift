import Adapters
import ArgumentParser
import Bases
import Foundation
import Models
import Platform
import Studies
import Tokenizers

extension ModelCommand {
    /// What training made of a model, as a model that needs no adapter.
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge an adapter or a checkpoint into a model: a Hugging Face folder.",
            discussion: """
                The folder has config.json, model.safetensors (float32), the tokenizer and the \
                chat template, and works wherever a model is named, in lethe and elsewhere.
                """)

        @Argument(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var model: String

        @Option(help: "A checkpoint's folder of a run, or a LoRA folder of PEFT.")
        var adapter: String

        @Option(help: "The folder to make; it must not exist.")
        var out: String

        func run() throws {
            try Failure.reportWhileMaking {
                let target = URL(filePath: out)
                guard !FileManager.default.fileExists(atPath: target.path) else {
                    throw MergeError.exists(path: target.path)
                }
                let base = try BaseModel.load(named: model, locator: .standard())
                let trained = try TrainedFolder(URL(filePath: adapter)).model(on: base.model)
                let merged = BaseModel(
                    name: out, model: try trained.merged(), tokenizer: base.tokenizer,
                    chatTemplate: base.chatTemplate)
                try write(merged, to: target)
                try StandardOutput.write(target.path + "\n")
            }
        }

        /// Writes beside the target first, so that it is whole or not there.
        private func write(_ merged: BaseModel, to target: URL) throws {
            let unfinished = target.deletingLastPathComponent()
                .appending(path: ".\(target.lastPathComponent).partial")
            try? FileManager.default.removeItem(at: unfinished)
            try Draft.making(unfinished) {
                try merged.model.save(toFolder: unfinished)
                try merged.tokenizer.save(toFolder: unfinished)
                if let text = merged.chatTemplate {
                    try ChatTemplateFile.write(text, toFolder: unfinished)
                }
                guard rename(unfinished.path, target.path) == 0 else {
                    throw FileError.last("create", target)
                }
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
