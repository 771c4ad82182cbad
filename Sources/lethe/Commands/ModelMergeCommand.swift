import ArgumentParser
import Bases
import Foundation

extension ModelCommand {
    /// What training made of a model, as a model that needs no adapter.
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge an adapter or a checkpoint into a model: a Hugging Face folder.",
            discussion: """
                The folder has config.json, model.safetensors (float32; several files with an \
                index over 4 GB), the tokenizer and the chat template, and works wherever a model \
                is named, in lethe and elsewhere.
                """)

        @Argument(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var model: String

        @Option(help: "A checkpoint's folder of a run, or a LoRA folder of PEFT.")
        var adapter: String

        @Option(help: "The folder to make; it must not exist.")
        var out: String

        func run() throws {
            try Failure.reportWhileMaking {
                let target = URL(filePath: out)
                try MergedFolder.check(target)
                let base = try BaseModel.load(named: model, locator: .standard())
                try MergedFolder.make(target, of: base, adapter: URL(filePath: adapter))
                try StandardOutput.write(target.path + "\n")
            }
        }
    }
}
