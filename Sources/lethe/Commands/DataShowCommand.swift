import ArgumentParser
import Bases
import Datasets
import Foundation
import Studies
import Tokenizers

extension DataCommand {
    /// Prints records as a model sees them, with the weight of the tokens in the loss.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print records as tokens, with those that carry no loss dimmed.",
            discussion: """
                Prompt tokens that carry a part of the loss (--mask 0.3) are underlined. In a pipe \
                brackets say the same: \u{27E6}no loss\u{27E7} and \u{27EA}0.3 loss times 0.3\
                \u{27EB}; what stands in neither carries the whole loss. The first token never \
                carries any, for nothing predicts it.
                """)

        @Argument(help: "A file of records, conversations among them.")
        var file: String

        @Option(
            help: """
                alpaca, plain, chatml, model for the model's own chat template, or a text with \
                {instruction}, {input} or {tests} in it. (default: plain)
                """, transform: { try TemplateName(reading: $0) })
        var template = TemplateName.plain

        @Option(
            help: "response, all, boilerplate or a prompt weight from 0 to 1. (default: response)",
            transform: { try LossMask(parsing: $0) })
        var mask = LossMask.response

        @Option(help: "The model whose tokenizer, and chat template, is used.")
        var model = BaseModel.embeddedName

        @Option(help: "How many records.")
        var limit = 3

        func validate() throws {
            if limit < 1 { throw ValidationError("--limit \(limit): use at least 1") }
        }

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let records = try Record.read(locator.find(file)?.url ?? URL(filePath: file))
                let base = try ModelDescription(try BaseModel.url(of: model, locator: locator))
                let template = try template.template(
                    of: model, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
                if let remark = template.remark(on: base.tokenizer, model: model) {
                    StandardError.write("lethe: \(remark)\n")
                }
                let marks = MarkedText(style: .ofStandardOutput)
                if let legend = marks.legend(of: mask) {
                    try StandardOutput.send(legend + "\n\n")
                }
                let layouts = try template.laidOut(Sample(first: limit, of: records))
                for (layout, place) in zip(layouts.items, layouts.places) {
                    let example = TokenizedExample(
                        layout, template: template, mask: mask, encoder: base.tokenizer)
                    if let part = example.lostPart(of: layout, base.tokenizer) {
                        throw DatasetError.noTokens(record: place, part: part)
                    }
                    let text = marks.text(of: example.weightedTexts(base.tokenizer))
                    try StandardOutput.send(text + "\n\n")
                }
            }
        }
    }
}
