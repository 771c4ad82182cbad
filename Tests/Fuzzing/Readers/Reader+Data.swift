import Bases
import Datasets
import Evaluation
import Foundation
import Models
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
        + [
            Reader(name: "task-file") { input, place in
                let file = try place.file("task.yaml", input)
                _ = try TaskReader(try TaskFile.readOwn(file), folders: []).read(first: 2)
            }
        ]
        + ((try? TaskLocator(.standard()).catalog.all()) ?? []).filter(\.parts.isEmpty).map {
            task in
            Reader(name: "task-\(task.name)") { input, place in
                let path = task.data.files[0]
                let file = try place.file(path, input)
                let folder = path.split(separator: "/").reduce(file) { folder, _ in
                    folder.deletingLastPathComponent()
                }
                let base = place.base
                _ = try TaskReader(task, folders: [folder], shots: 0).read(first: 2).prepared(
                    tokenizer: base.tokenizer,
                    context: base.model.configuration.maxSequenceLength
                ).score(ScoringContext(model: base.model, arena: Arena()))
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
