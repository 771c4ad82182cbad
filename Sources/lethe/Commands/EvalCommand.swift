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
            The columns are task, metric, value, stderr and count; losses are in nats per token. \
            Tasks are scored as lm-evaluation-harness scores them, after as many examples as it \
            shows by default, and of written answers it is told how likely the gold ones are. \
            Tasks: \(TaskLocator(.standard()).catalog.names.joined(separator: ", ")). A task of your own is a .yaml file: \
            see the README of datasets/tasks.
            """)

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model = BaseModel.embeddedName

    @Option(
        help: "A checkpoint's folder of a run, a LoRA folder of PEFT, or a folder of whole weights."
    )
    var adapter: String?

    @Option(help: "Tasks, or files that declare them, separated by commas.")
    var tasks: String?

    @Option(
        help:
            "Examples before every question, such as gsm8k=5,hellaswag=10; a number for all tasks."
    )
    var shots: String?

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
            alpaca, plain, chatml, model (its own chat template) or a text with {instruction}, \
            {input} or {tests} in it, for questions with written answers (default: as published, \
            with examples).
            """, transform: { try TemplateName(reading: $0) })
    var template: TemplateName?

    @OptionGroup var writing: WritingOptions

    @OptionGroup var programs: UnsafeCodeOption

    @Option(help: "A text of which the loss of a token, and of a word and a byte, is told.")
    var text: String?

    @Option(help: "A file for what the model made of every item, one JSON object a line.")
    var samples: String?

    @Flag(help: "Write no progress to standard error.")
    var quiet = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit): use at least 1") }
        if [tasks, ids, text].compactMap({ $0 }).count != 1 {
            throw ValidationError(
                "give one of --tasks, what to score, --text, a text, and --ids, a file of ids")
        }
        if tasks != nil, taskNames.isEmpty {
            throw ValidationError("--tasks: name at least one task")
        }
        do {
            _ = try ShotCounts(shots)
            let locator = TaskLocator(.standard())
            for name in taskNames where !name.hasSuffix(".yaml") { _ = try locator.task(name) }
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        try Failure.report {
            let locator = DataLocator.standard()
            let items = try items(TaskLocator(locator))
            let base = try BaseModel.load(named: model, locator: locator)
            let template = try template?.template(
                of: model, chatTemplate: base.chatTemplate, encoder: base.tokenizer)
            var tasks = try prepared(items, base, template)
            if let ids { tasks.append(try prepared(ids: URL(filePath: ids), base)) }
            if let text { tasks.append(try prepared(text: URL(filePath: text), base)) }
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
                try write(result.metrics)
            }
        }
    }

    private func prepared(ids file: URL, _ base: BaseModel) throws -> any PreparedTask {
        let sizes = base.model.configuration
        return IdTask(
            try IdRows.read(
                file, vocabulary: sizes.vocabularySize, context: sizes.maxSequenceLength))
    }

    private func prepared(text file: URL, _ base: BaseModel) throws -> any PreparedTask {
        try TextTask(
            name: "text", pages: Sample(first: limit, of: try TextPage.texts(file)),
            context: base.model.configuration.maxSequenceLength, encoder: base.tokenizer)
    }

    private var taskNames: [String] {
        (tasks ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The items of every task; all that is wrong is told at once, before a model is loaded.
    private func items(_ locator: TaskLocator) throws -> [TaskItems] {
        let shots = try ShotCounts(shots)
        let found = try EvalProblems.collect(taskNames) { try locator.task($0) }
        try shots.check(found.map(\.name))
        return try EvalProblems.collect(found) { task in
            try TaskReader(
                task, folders: locator.folders(data), shots: shots.count(for: task),
                asksRecords: template != nil
            ).read(first: limit)
        }
    }

    /// The tasks' items for the model; what it leaves out of them is told before they are scored.
    private func prepared(
        _ items: [TaskItems], _ base: BaseModel, _ template: PromptTemplate?
    ) throws -> [any PreparedTask] {
        var writing = writing.settings
        if items.contains(where: \.task.judgesPrograms) { writing.programs = programs.place.open() }
        let tasks = try EvalProblems.collect(items) {
            try $0.prepared(
                tokenizer: base.tokenizer, context: base.model.configuration.maxSequenceLength,
                template: template ?? .plain, writing: writing)
        }
        for remark in tasks.flatMap(\.remarks) { StandardError.write("lethe: \(remark)\n") }
        return tasks
    }

    private func write(_ metrics: [TaskResult.Metric]) throws {
        for metric in metrics {
            let value = TableRow.text(metric.score.value)
            let error = TableRow.text(metric.score.standardError)
            try StandardOutput.write(
                "\(metric.task),\(metric.name),\(value),\(error),\(metric.score.count)\n")
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
        var problems: [any Error] = []
        for item in items {
            do { made.append(try make(item)) } catch { problems.append(error) }
        }
        guard problems.isEmpty else {
            throw EvalProblems(descriptions: TaskError.joined(problems).map { "\($0)" })
        }
        return made
    }
}
