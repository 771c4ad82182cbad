import ArgumentParser
import Bases
import Datasets
import Foundation
import Models
import Platform
import Studies
import Tensors
import Tokenizers

/// `lethe generate`: continues a prompt.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Continue a prompt, token by token.",
        discussion: "The text goes to standard output, without the prompt.")

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model = BaseModel.embeddedName

    @Option(
        help: "A checkpoint's folder of a run, or a LoRA folder of PEFT, that belongs to the model."
    )
    var adapter: String?

    @Option(help: "The text to continue; - reads standard input.")
    var prompt: String

    @Option(help: "The most new tokens (default: 128, or less in a short context).")
    var maxTokens: Int?

    @OptionGroup
    var sampling: SamplingOptions

    @Flag(
        help: """
            Ask the prompt as a user's turn, laid out by the model's own chat template, or in \
            ChatML if it has none.
            """)
    var chat = false

    private static let usualMaxTokens = 128

    func validate() throws {
        if let maxTokens, maxTokens < 1 {
            throw ValidationError("--max-tokens \(maxTokens): use at least 1")
        }
    }

    func run() throws {
        try Failure.report {
            let plain = try BaseModel.load(named: model, locator: .standard())
            let base = try adapter.map { try plain.trained(in: URL(filePath: $0)) } ?? plain
            let layout = try chat ? chatLayout(base) : .plain
            let ids = try promptTokens(base, layout)
            if layout.stopTokens(base.tokenizer).isEmpty {
                StandardError.write(
                    "lethe: \(model) names no token that ends a text (eos_token, eos_token_id): the "
                        + "text ends at its longest\n")
            }
            let limit = try limit(base.model.configuration.maxSequenceLength)
            let dropped = ids.count + limit - base.model.configuration.maxSequenceLength
            if dropped > 0 {
                StandardError.write(
                    "lethe: the prompt is longer than the context; its first \(dropped) tokens "
                        + "are left out\n")
            }
            try write(ids, base, layout, limit: limit)
        }
    }

    private func limit(_ context: Int) throws -> Int {
        guard let maxTokens else { return min(Self.usualMaxTokens, max(1, context / 2)) }
        guard maxTokens < context else {
            throw ValidationError(
                "--max-tokens \(maxTokens): the context of \(model) is \(context); "
                    + "use at most \(context - 1)")
        }
        return maxTokens
    }

    private func promptTokens(_ base: BaseModel, _ layout: PromptTemplate) throws -> [Int32] {
        let tokenizer = base.tokenizer
        let text = prompt == "-" ? try readPrompt() : prompt
        var ids = tokenizer.edges.opened(tokenizer.encode(text))
        if chat {
            ids = try TokenizedExample.request(
                Record(instruction: text, output: ""), template: layout, encoder: tokenizer)
        }
        if !text.isEmpty, ids.elementsEqual(tokenizer.edges.prefix) {
            throw ValidationError(
                "--prompt: the vocabulary of \(model) has no token for "
                    + "\(String(text.prefix(40)).debugDescription); give other characters, or "
                    + "another model")
        }
        guard ids.isEmpty else { return ids }
        guard let start = tokenizer.edges.beginning ?? tokenizer.edges.end else {
            throw ValidationError("--prompt is empty; give at least one character")
        }
        return [start]
    }

    private func chatLayout(_ base: BaseModel) throws -> PromptTemplate {
        if base.chatTemplate != nil {
            return try TemplateName.model.template(
                of: model, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
        }
        guard base.tokenizer.id(ofSpecial: "<|im_start|>") != nil else {
            throw ValidationError(
                "--chat: \(model) has no chat template and no <|im_start|> token; leave --chat out")
        }
        return .chatml
    }

    /// Standard input without the line break that ends it.
    private func readPrompt() throws -> String {
        let data = try FileError.wrapping("read", URL(filePath: "/dev/stdin")) {
            try FileHandle.standardInput.readToEnd() ?? Data()
        }
        let text = String(decoding: data, as: UTF8.self)
        return text.last?.isNewline == true ? String(text.dropLast()) : text
    }

    private func write(
        _ ids: [Int32], _ base: BaseModel, _ layout: PromptTemplate, limit: Int
    ) throws {
        let generator = Generator(
            model: base.model, arena: Arena(),
            sampler: sampling.sampler, stopTokens: layout.stopTokens(base.tokenizer))
        let request = GenerationRequest(prompt: ids, maxTokens: limit, seed: sampling.seed)
        var stream = TextStream()
        var failure: (any Error)?
        _ = try generator.generate(
            [request],
            onToken: { _, token in
                let text = stream.append(base.tokenizer.decodeBytes([token]))
                do { try StandardOutput.write(text) } catch { failure = error }
                return failure == nil
            })
        if let failure { throw failure }
        try StandardOutput.write(stream.finish() + "\n")
    }
}
