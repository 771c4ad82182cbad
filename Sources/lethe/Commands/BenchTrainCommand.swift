import Adapters
import ArgumentParser
import Bases
import Datasets
import Kernels
import Models
import Studies

/// `lethe bench train`: tokens per second of training.
struct BenchTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Time training steps on random tokens (medians).",
        discussion: """
            The model is --model, or a new one of the given sizes (by default those of the \
            embedded model). Lists such as --batch 1,4,16 make a row for every combination; \
            methods other than full train as many parameters as LoRA of --rank does, or come as \
            near as they can. Beside the speed stands that of the step's matrix products alone.
            """)

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model: String?

    @OptionGroup(title: "Sizes of a new model")
    var sizes: ModelSizes

    @Option(help: "Methods: \(MethodList.known), or all.")
    var method = MethodList(.full)

    @Option(help: "Ranks of LoRA on all seven projections.")
    var rank = CountList(8)

    @Option(help: "Sequences in a batch.")
    var batch = CountList(16)

    @Option(help: "Tokens in a sequence.")
    var sequence = CountList(128)

    @Option(help: "Threads (default: one per core).")
    var threads = CountList(Workers.count)

    @Option(help: "Steps that are timed.")
    var steps = 10

    @Option(help: "text or json (an object for each row).")
    var format = BenchCommand.Format.text

    func validate() throws {
        guard (1...1_000_000).contains(steps) else {
            throw ValidationError("--steps \(steps): use a number from 1 to 1000000")
        }
        if model != nil && sizes.isGiven {
            throw ValidationError("--model has its own sizes; leave the size options out")
        }
    }

    func run() throws {
        try Failure.report {
            let model = try makeModel()
            let longest = sequence.values.max() ?? 1
            let context = model.configuration.maxSequenceLength
            guard longest <= context else {
                throw ValidationError(
                    "--sequence \(longest): the model's context is \(context); use at most that")
            }
            var table = BenchmarkTable(caption: TrainingMeasurement.caption)
            for setting in combinations { try measure(model, setting, into: &table) }
            try table.write(format)
        }
    }

    /// What the methods are compared under.
    private struct Setting {
        var threads: Int
        var batch: Int
        var sequence: Int
        var rank: Int
    }

    private var combinations: [Setting] {
        threads.values.flatMap { threads in
            batch.values.flatMap { batch in
                sequence.values.flatMap { sequence in
                    rank.values.map {
                        Setting(threads: threads, batch: batch, sequence: sequence, rank: $0)
                    }
                }
            }
        }
    }

    private func measure(
        _ model: Transformer, _ setting: Setting, into table: inout BenchmarkTable
    ) throws {
        let methods = try fineTuning(model.configuration, rank: setting.rank)
        Workers.count = setting.threads
        let measurements = try methods.map { method in
            try TrainingBenchmark(
                model: model, method: method, batchSize: setting.batch,
                sequenceLength: setting.sequence, steps: steps
            ).run()
        }
        let reference = measurements.first { $0.method == "lora" }
        for measurement in measurements { table.add(measurement.row(comparedTo: reference)) }
    }

    private func makeModel() throws -> Transformer {
        if let model { return try BaseModel.load(named: model, locator: .standard()).model }
        var random = SeededRandom(seed: 0)
        return try Transformer.initialised(
            sizes.configuration(context: sequence.values.max() ?? 1), using: &random)
    }

    private func fineTuning(
        _ configuration: ModelConfiguration, rank: Int
    ) throws -> [any FineTuningMethod] {
        if let problem = LoRA(rank: rank, alpha: 1).problems(for: configuration).first,
            method.values != [.full]
        {
            throw ValidationError("--rank: \(problem.text)")
        }
        return try method.values.map { name in
            let settings = MethodSettings.standard(name, likeLoRA: rank, on: configuration)
            guard let settings else {
                throw ValidationError("--method \(name.rawValue): no rank fits this model")
            }
            return settings.method
        }
    }
}

/// The sizes of a model that is made for a benchmark.
struct ModelSizes: ParsableArguments {
    @Option(help: "Hidden size (default: 128).")
    var hidden: Int?

    @Option(help: "Intermediate size (default: 384).")
    var intermediate: Int?

    @Option(help: "Layers (default: 4).")
    var layers: Int?

    @Option(help: "Attention heads (default: 4).")
    var heads: Int?

    @Option(help: "Heads for keys and values (default: 2).")
    var kvHeads: Int?

    @Option(help: "Vocabulary size (default: 2048).")
    var vocabulary: Int?

    var isGiven: Bool {
        [hidden, intermediate, layers, heads, kvHeads, vocabulary].contains { $0 != nil }
    }

    func validate() throws {
        let problems = configuration(context: 1).problems
        guard problems.isEmpty else {
            throw ValidationError("these sizes make no model: \(problems.joined(separator: "; "))")
        }
    }

    func configuration(context: Int) -> ModelConfiguration {
        ModelConfiguration(
            hiddenSize: hidden ?? 128, intermediateSize: intermediate ?? 384,
            layerCount: layers ?? 4, headCount: heads ?? 4, kvHeadCount: kvHeads ?? 2,
            vocabularySize: vocabulary ?? 2048, maxSequenceLength: context)
    }
}
