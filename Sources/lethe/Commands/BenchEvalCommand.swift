import ArgumentParser
import Bases
import Evaluation
import Foundation
import Models
import Studies
import Tensors

/// `lethe bench eval`: multiple-choice items per second.
struct BenchEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Time the scoring of a multiple-choice task.")

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model = BaseModel.embeddedName

    @Option(help: "A multiple-choice task.")
    var task = "facts"

    @Option(help: "The folder of the task's file (default: the embedded data).")
    var data: String?

    @Option(help: "The most items.")
    var limit = 200

    @Option(help: "text or json.")
    var format = BenchCommand.Format.text

    private static let warmUpItems = 8

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit \(limit): use at least 1") }
        let definition: TaskDefinition
        do {
            definition = try TaskLocator(.standard()).task(task)
        } catch {
            throw ValidationError("\(error)")
        }
        guard case .choice = definition.question else {
            throw ValidationError("--task \(task): use a task of options")
        }
    }

    func run() throws {
        try Failure.report {
            let locator = DataLocator.standard()
            let tasks = TaskLocator(locator)
            let reader = try TaskReader(try tasks.task(task), folders: tasks.folders(data))
            let base = try BaseModel.load(named: model, locator: locator)
            let context = ScoringContext(model: base.model, arena: Arena())
            let prepare = { (limit: Int) in
                try reader.read(first: limit).prepared(
                    tokenizer: base.tokenizer,
                    context: base.model.configuration.maxSequenceLength)
            }
            _ = try prepare(Self.warmUpItems).score(context)
            let clock = ContinuousClock()
            let start = clock.now
            let result = try prepare(limit).score(context)
            try table(result, seconds: (clock.now - start) / .seconds(1)).write(format)
        }
    }

    private func table(_ result: TaskResult, seconds: Double) -> BenchmarkTable {
        let count = result.samples.count
        var row = BenchmarkTable.Row()
        row.add("model", "model", .text(model))
        row.add("task", "task", .text(task))
        row.add("items", "items", .count(count))
        row.add("seconds", "seconds", .number(seconds, digits: 2))
        row.add("items_per_second", "items/s", .number(Double(count) / seconds, digits: 1))
        var table = BenchmarkTable(caption: "Items scored, with all their options.")
        table.add(row)
        return table
    }
}
