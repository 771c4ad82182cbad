import ArgumentParser
import Bases
import Foundation
import Studies

extension StudyCommand {
    /// Writes a study for a model and data.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a study for a model and data of your own.",
            discussion: """
                Looks at the model and the data and writes a study with comments: the layout of \
                prompts, lengths by the data, batches that fit the machine, about three passes over \
                the data, full fine-tuning and LoRA at three rates each. Without --evaluation a part \
                of the data is held out and both parts are written beside the study. No file that \
                is there is replaced. The path of the study goes to standard output.
                """)

        @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var base: String

        @Option(help: "Records (.jsonl, .json) or text (.txt) to train on.")
        var train: String

        @Option(help: "What is measured, in the same form (default: a held-out part of --train).")
        var evaluation: String?

        @Option(help: "Text of which the base may forget something, none of it in the data.")
        var sourceText: String?

        @Option(help: "A folder with files of tasks, such as hellaswag/validation.jsonl.")
        var sourceData: String?

        @Option(
            name: .customLong("out"), help: "The file to write (default: <data>.yaml).")
        var output: String?

        func run() throws {
            try Failure.reportWhileMaking {
                let draft = try StudyDraft(
                    StudyDraftRequest(
                        base: base, train: train, evaluation: evaluation, sourceText: sourceText,
                        sourceData: sourceData, output: output), locator: .standard())
                try draft.write()
                for remark in draft.remarks { StandardError.write("lethe: \(remark)\n") }
                try StandardOutput.write(draft.url.path + "\n")
            }
        }
    }
}
