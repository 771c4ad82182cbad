import Bases
import Datasets
import Evaluation
import Foundation
import Studies
import Tensors

extension Reader {
    /// What is learned from, and what is asked.
    static let data =
        [
            Reader(name: "records") { input, place in
                let records = try Record.read(try place.file("records.jsonl", input))
                for record in records.prefix(8) { layOut(record, place) }
            },
            Reader(name: "text") { input, place in
                let texts = try PlainText.read(try place.file("text.txt", input))
                _ = try PackedText(
                    texts, sequenceLength: 32, encoder: place.base.tokenizer)
            },
        ]
        + TaskDefinition.all.filter { (try? $0.checkScorable()) != nil }.map { task in
            Reader(name: "task-\(task.name)") { input, place in
                let file = try place.file("\(task.name).jsonl", input)
                let scorer = try TaskScorer(task, file: file, limit: 2)
                let context = ScoringContext(model: place.base.model, arena: Arena())
                _ = try scorer.score(context, tokenizer: place.base.tokenizer)
            }
        }

    private static func layOut(_ record: Record, _ place: Surroundings) {
        for template in [PromptTemplate.plain, .alpaca, .chatml] {
            let example = try? TokenizedExample(
                record.showingTests(2), template: template, mask: .boilerplate,
                encoder: place.base.tokenizer)
            _ = example?.weightedTexts(place.base.tokenizer)
        }
    }
}
