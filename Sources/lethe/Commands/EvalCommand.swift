import Adapters
import ArgumentParser
import Bases
import Datasets
import Evaluation
import Foundation
import Models
import RunStore
import Studies
import Tensors
import Tokenizers

/// `lethe eval`: scores a model without training it.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Score a model on tasks or on rows of token ids: CSV on standard output.",
        discussion: """
            The columns are task, metric, value, stderr and count; the loss of ids is in nats per \
            token. Scores are made without examples in the prompt. Tasks: \
            \(TaskDefinition.all.map(\.name).joined(separator: ", ")). uuid measures what was \
            memorised: its character_accuracy is \(chance) by chance.
            """)

    private static var chance: String {
        String((CharacterAccuracy.uuidFloor * 1000).rounded() / 1000)
    }

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model = BaseModel.embeddedName

    @Option(
        help: "A checkpoint's folder of a run, a LoRA folder of PEFT, or a folder of whole weights."
    )
    var adapter: String?

    @Option(help: "Tasks, separated by commas.")
    var tasks: String?

    @Option(
        help: """
            A file with a JSON array of token ids a line, instead of tasks. The samples are then \
            their logLikelihoods: of every id from the second on, given those before it.
            """)
    var ids: String?

    @Option(help: "The folder of the tasks' files (default: the embedded data).")
    var data: String?

    @Option(help: "The most items of each task, from the start of its file.")
    var limit: Int?

    @Option(
        help: """
            alpaca, plain, chatml or model (its own chat template) for questions with written \
            answers (default: as published).
            """)
    var template: TemplateName?

    @Option(help: "A file for what the model made of every item, one JSON object a line.")
    var samples: String?

    @Flag(help: "Write no progress to standard error.")
    var quiet = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit): use at least 1") }
        if (tasks == nil) == (ids == nil) {
            throw ValidationError("give either --tasks, what to score, or --ids, a file of ids")
        }
        if ids == nil, taskNames.isEmpty {
            throw ValidationError("--tasks: name at least one task")
        }
        for name in taskNames {
            do { _ = try TaskDefinition.named(name) } catch { throw ValidationError("\(error)") }
        }
    }

    func run() throws {
        try Failure.report {
            let locator = DataLocator.standard()
            let scorers = try scorers(locator)
            let base = try BaseModel.load(named: model, locator: locator)
            let template = try template?.template(
                of: model, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
            var tasks = try prepared(scorers, base, template)
            if let ids { tasks.append(try prepared(ids: URL(filePath: ids), base)) }
            let scored = try adapter.map {
                try TrainedFolder(URL(filePath: $0)).model(on: base.model)
            }
            let context = ScoringContext(model: scored ?? base.model, arena: Arena())
            let writer = try samples.map { try SampleFile(URL(filePath: $0)) }
            let progress = StatusLine(isQuiet: quiet)
            defer { progress.end() }
            try StandardOutput.write("task,metric,value,stderr,count\n")
            for task in tasks {
                let result = try task.score(
                    context.reporting { progress.show("\(task.name) \($0)/\($1)") })
                try writer?.write(result.samples)
                progress.end()
                try write(task.name, result.metrics)
            }
        }
    }

    private func prepared(ids file: URL, _ base: BaseModel) throws -> PreparedTask {
        let sizes = base.model.configuration
        return PreparedTask(
            ids: try IdRows.read(
                file, vocabulary: sizes.vocabularySize, context: sizes.maxSequenceLength))
    }

    private var taskNames: [String] {
        (tasks ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Every task with its file; all that is wrong is told at once, before a model is loaded.
    private func scorers(_ locator: DataLocator) throws -> [TaskScorer] {
        try EvalProblems.collect(taskNames) { name in
            let task = try TaskDefinition.named(name)
            let file = try task.file(in: data.map { URL(filePath: $0) } ?? locator.taskFolder)
            return try TaskScorer(task, file: file, limit: limit)
        }
    }

    /// The tasks' items for the model; what it leaves out of them is told before they are scored.
    private func prepared(
        _ scorers: [TaskScorer], _ base: BaseModel, _ template: PromptTemplate?
    ) throws -> [PreparedTask] {
        let tasks = try EvalProblems.collect(scorers) {
            try $0.prepared(
                for: base.model.configuration, tokenizer: base.tokenizer, template: template)
        }
        for remark in tasks.flatMap(\.remarks) { StandardError.write("lethe: \(remark)\n") }
        return tasks
    }

    private func write(_ task: String, _ metrics: [TaskResult.Metric]) throws {
        for metric in metrics {
            let value = TableRow.text(metric.score.value)
            let error = TableRow.text(metric.score.standardError)
            try StandardOutput.write(
                "\(task),\(metric.name),\(value),\(error),\(metric.score.count)\n")
        }
    }
}

/// What is wrong with the tasks that were asked for.
private struct EvalProblems: Error, CustomStringConvertible {
    let descriptions: [String]

    var description: String { descriptions.joined(separator: "; ") }

    /// What `make` makes of each, or all that is wrong with them.
    static func collect<Item, Made>(
        _ items: [Item], _ make: (Item) throws -> Made
    ) throws -> [Made] {
        var made: [Made] = []
        var problems: [String] = []
        for item in items {
            do { made.append(try make(item)) } catch { problems.append("\(error)") }
        }
        guard problems.isEmpty else { throw EvalProblems(descriptions: problems) }
        return made
    }
}
