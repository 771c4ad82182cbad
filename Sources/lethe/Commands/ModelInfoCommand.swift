import ArgumentParser
import Bases
import Datasets
import Foundation
import Models
import Tokenizers

extension ModelCommand {
    /// What one model is, and what it takes to fine-tune it.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Describe a model: sizes, parameters, tokenizer, context, memory.",
            discussion: """
                All weights are read once, so that a model that is described is one that can be used. \
                The table tells what memory training takes by each method: the base's weights, which all \
                arms of a study share, and an arm's own weights, optimiser (AdamW) and largest step, \
                with loss on every token. The peak of the whole process was a tenth higher with \
                SmolLM2, and 35 MB higher with the embedded base.
                """)

        @Argument(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var model: String

        @Option(help: "Sequences in a batch, for the table of memory.")
        var batch = 8

        @Option(help: "Tokens in a sequence (default: 256, or the model's context if less).")
        var sequence: Int?

        /// Tokens of a step for which memory is worked out.
        private static let mostTokens = 1 << 20

        func validate() throws {
            guard batch > 0, sequence ?? 1 > 0 else {
                throw ValidationError("--batch and --sequence: use numbers from 1 on")
            }
            let (tokens, isTooMuch) = batch.multipliedReportingOverflow(by: sequence ?? 256)
            guard !isTooMuch, tokens <= Self.mostTokens else {
                throw ValidationError(
                    "--batch times --sequence: use at most \(Self.mostTokens) tokens together")
            }
        }

        func run() throws {
            try Failure.report {
                let url = try BaseModel.url(of: model, locator: .standard())
                let description = try ModelDescription(url)
                let context = description.configuration.maxSequenceLength
                if let sequence, sequence > context {
                    throw ValidationError(
                        "--sequence \(sequence): the model's context is \(context); use at most that"
                    )
                }
                try description.checkValues()
                let table = MemoryTable(
                    description.configuration, batch: batch,
                    sequence: sequence ?? min(256, context))
                let rows =
                    file(description) + sizes(description.configuration)
                    + tokenizer(description.tokenizer)
                    + [["chat template", template(description)]]
                try StandardOutput.write(AlignedText.lines(rows) + "\n" + table.text)
            }
        }

        private func parameters(_ sizes: ModelConfiguration) -> String {
            let table = sizes.declaration(.embedding).count
            return
                "\(sizes.parameterCount), \(sizes.parameterCount - table) without the embedding table"
        }

        private func file(_ model: ModelDescription) -> [[String]] {
            [
                ["path", model.url.path],
                ["format", model.format],
                ["size", AlignedText.size(model.sizeBytes)],
                ["in memory", AlignedText.size(model.memoryBytes) + " as float32"],
                ["parameters", parameters(model.configuration)],
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
}
