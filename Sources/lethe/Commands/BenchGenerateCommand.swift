import ArgumentParser
import Bases
import Datasets
import Evaluation
import Foundation
import Models
import Tensors
import Tokenizers

/// `lethe bench generate`: how many tokens a second a model writes.
struct BenchGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Time the continuation of prompts by their likeliest tokens.",
        discussion: """
            The prompts are rows of JSON: {"prompt": "Question: ...", "until": ["Question:"]}. What is \
            counted are the tokens of the answers, up to the first of the texts in `until`.
            """)

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model = BaseModel.embeddedName

    @Option(help: "A file with a prompt in every row.")
    var prompts: String

    @Option(help: "The most new tokens of a prompt.")
    var maxTokens = 256

    @Option(help: "text or json.")
    var format = BenchCommand.Format.text

    /// Tokens from the end of an answer in which a text that ends it is looked for.
    private static let stopWindow = 16

    private struct Row: Decodable {
        var prompt: String
        var until: [String]?
    }

    func validate() throws {
        if maxTokens < 1 { throw ValidationError("--max-tokens \(maxTokens): use at least 1") }
    }

    func run() throws {
        try Failure.report {
            let rows = try JSONRows.read(Row.self, from: URL(filePath: prompts))
            let base = try BaseModel.load(named: model, locator: .standard())
            let context = base.model.configuration.maxSequenceLength
            guard maxTokens < context else {
                throw ValidationError("--max-tokens \(maxTokens): use at most \(context - 1)")
            }
            let edges = base.tokenizer.edges
            let requests = rows.map {
                GenerationRequest(
                    prompt: edges.opened(base.tokenizer.encode($0.prompt)), maxTokens: maxTokens)
            }
            if let empty = requests.firstIndex(where: \.prompt.isEmpty) {
                throw ValidationError("--prompts: row \(empty + 1) has no token for \(model)")
            }
            let generator = Generator(
                model: base.model, arena: Arena(), stopTokens: Set(edges.ends))
            _ = try generator.generate([.init(prompt: requests[0].prompt, maxTokens: 2)])
            try time(generator, requests, rows, base).write(format)
        }
    }

    private func time(
        _ generator: Generator, _ requests: [GenerationRequest], _ rows: [Row], _ base: BaseModel
    ) throws -> BenchmarkTable {
        var ends = rows.map { _ in [Int32]() }
        let clock = ContinuousClock()
        let start = clock.now
        let answers = try generator.generate(
            requests,
            onToken: { index, token in
                ends[index] = ends[index].suffix(Self.stopWindow - 1) + [token]
                let text = base.tokenizer.decode(ends[index])
                return !StopStrings.occur(in: text, rows[index].until ?? [])
            })
        let seconds = (clock.now - start) / .seconds(1)
        let counted = zip(answers, rows).map { ids, row in
            let text = base.tokenizer.decode(ids)
            let cut = StopStrings.cut(text, at: row.until ?? [])
            return cut == text ? ids.count : base.tokenizer.encode(cut).count
        }
        return table(requests, tokens: counted.reduce(0, +), seconds: seconds)
    }

    private func table(
        _ requests: [GenerationRequest], tokens: Int, seconds: Double
    ) -> BenchmarkTable {
        var row = BenchmarkTable.Row()
        row.add("model", "model", .text(model))
        row.add("prompts", "prompts", .count(requests.count))
        row.add(
            "prompt_tokens", "their tokens", .count(requests.reduce(0) { $0 + $1.prompt.count }))
        row.add("tokens", "new tokens", .count(tokens))
        row.add("seconds", "seconds", .number(seconds, digits: 2))
        row.add("tokens_per_second", "tokens/s", .number(Double(tokens) / seconds, digits: 1))
        var table = BenchmarkTable(caption: "Prompts continued, with all that they begin with.")
        table.add(row)
        return table
    }
}
