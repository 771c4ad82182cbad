import ArgumentParser
import Datasets
import Foundation
import Studies

extension DataCommand {
    /// Prints records as a model sees them, with the tokens that carry no loss marked.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print records as tokens, with those that carry no loss dimmed.",
            discussion: "In a pipe the tokens without loss stand in brackets: [like this].")

        @Argument(help: "A file of records.")
        var file: String

        @Option(help: "alpaca, plain or chatml.")
        var template = PromptTemplate.plain

        @Option(help: "response, all, boilerplate or a prompt weight from 0 to 1.")
        var mask = "response"

        @Option(help: "The model whose tokenizer is used.")
        var model = BaseModel.embeddedName

        @Option(help: "How many records.")
        var limit = 3

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let mask = try LossMask(parsing: mask)
                let url = locator.find(file)?.url ?? URL(filePath: file)
                let tokenizer = try BaseModel.load(named: model, locator: locator).tokenizer
                for record in try Record.read(url).prefix(max(1, limit)) {
                    let example = TokenizedExample(
                        record, template: template, mask: mask, encoder: tokenizer)
                    print(text(of: example.weightedTexts(tokenizer)), terminator: "\n\n")
                }
            }
        }

        private func text(of parts: [WeightedText]) -> String {
            let dims = isatty(STDOUT_FILENO) != 0
            return parts.map { part in
                if part.weight > 0 { return part.text }
                return dims ? "\u{1B}[2m\(part.text)\u{1B}[0m" : "[\(part.text)]"
            }.joined()
        }
    }
}

extension PromptTemplate: ExpressibleByArgument {}
