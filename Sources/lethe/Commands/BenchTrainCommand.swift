import Adapters
import ArgumentParser
import Datasets
import Models
import Studies

/// `lethe bench train`: tokens per second of training.
struct BenchTrainCommand: ParsableCommand {
    enum Method: String, ExpressibleByArgument, CaseIterable { case full, lora }

    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Time training steps on random tokens (medians).",
        discussion: """
            The model is --model, or a new one of the given sizes (by default those of the \
            embedded model). Beside the training speed stands that of the step's matrix products \
            alone; those inside attention are not counted there.
            """)

    @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
    var model: String?

    @OptionGroup(title: "Sizes of a new model")
    var sizes: ModelSizes

    @Option(help: "full or lora.")
    var method = Method.full

    @Option(help: "The rank of LoRA, on all seven projections.")
    var rank = 8

    @Option(help: "Sequences in a batch.")
    var batch = 16

    @Option(help: "Tokens in a sequence.")
    var sequence = 128

    @Option(help: "Steps that are timed.")
    var steps = 10

    @Option(help: "text or json.")
    var format = BenchCommand.Format.text

    func validate() throws {
        let counts = [
            ("rank", rank), ("batch", batch), ("sequence", sequence), ("steps", steps),
        ]
        for (name, count) in counts where !(1...1_000_000).contains(count) {
            throw ValidationError("--\(name) \(count): use a number from 1 to 1000000")
        }
        if model != nil && sizes.isGiven {
            throw ValidationError("--model has its own sizes; leave the size options out")
        }
    }

    func run() throws {
        try Failure.report {
            let model = try makeModel()
            let context = model.configuration.maxSequenceLength
            guard sequence <= context else {
                throw ValidationError(
                    "--sequence \(sequence): the model's context is \(context); use at most that")
            }
            let benchmark = TrainingBenchmark(
                model: model, method: try fineTuning(model.configuration), batchSize: batch,
                sequenceLength: sequence, steps: steps)
            try benchmark.run().write(format)
        }
    }

    private func makeModel() throws -> Transformer {
        if let model { return try BaseModel.load(named: model, locator: .standard()).model }
        var random = SeededRandom(seed: 0)
        return try Transformer.initialised(
            sizes.configuration(context: max(sequence, 1)), using: &random)
    }

    private func fineTuning(
        _ configuration: ModelConfiguration
    ) throws -> any FineTuningMethod {
        guard method == .lora else { return FullFineTuning() }
        let lora = LoRA(rank: rank, alpha: Double(2 * rank))
        if let problem = lora.problems(for: configuration).first {
            throw ValidationError("--rank: \(problem)")
        }
        return lora
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
