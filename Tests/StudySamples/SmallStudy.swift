package import Bases
internal import Datasets
package import Foundation
internal import Models
package import Studies
internal import Tokenizers

/// A made-up base with two layers, a handful of records and a study of both methods; a step takes
/// about a millisecond.
package struct SmallStudy {
    /// The folder that stands for the embedded data.
    package let datasets: URL

    package static let text = """
        name: small
        base: base/small
        target: { domain: code, train: code/train.jsonl, evaluation: code/eval.jsonl }
        source: { tasks: [facts], text: world/heldout.txt }
        train:
          steps: 8
          batch_size: 2
          sequence_length: 32
          warmup_steps: 2
        evaluate: { every: 4, early: false, limit: 2, generate_limit: 1 }
        arms:
          - { name: full, method: full, learning_rate: 5e-3 }
          - { name: lora, method: lora, rank: 2, dropout: 0.1, learning_rate: 5e-3 }

        """

    /// Writes the base and the data below `folder`.
    package init(in folder: URL) throws {
        datasets = folder.appending(path: "datasets")
        try write(Self.records(0..<9), to: "code/train.jsonl")
        try write(Self.records(9..<12), to: "code/eval.jsonl")
        try write(Self.questions, to: "world/facts.jsonl")
        try write(Self.story, to: "world/heldout.txt")
        try write(Self.text, to: "studies/small.yaml")
        try writeBase()
    }

    package var baseFolder: URL { datasets.appending(path: "base/small") }

    package var locator: DataLocator {
        DataLocator(workingDirectory: datasets.deletingLastPathComponent(), datasets: datasets)
    }

    /// The study, with changes as the command line takes them.
    package func study(_ settings: [String] = []) throws -> Study {
        try StudyFile.load(
            "small", overrides: StudyOverrides(settings: settings), locator: locator)
    }

    /// The study with all that it needs in memory.
    package func prepared(_ settings: [String] = []) throws -> PreparedStudy {
        try PreparedStudy.prepare(try study(settings), locator: locator)
    }

    /// Replaces a file of the data.
    package func write(_ text: String, to path: String) throws {
        let url = datasets.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Replaces the base's weights by those of a model with rows for so many tokens.
    package func writeModel(tokens: Int) throws {
        let configuration = ModelConfiguration(
            hiddenSize: 32, intermediateSize: 48, layerCount: 2, headCount: 4, kvHeadCount: 2,
            vocabularySize: tokens, maxSequenceLength: 96)
        var random = SeededRandom(seed: 3)
        try Transformer.initialised(configuration, using: &random).save(toFolder: baseFolder)
    }

    // MARK: - Contents

    private func writeBase() throws {
        let endOfText = "<|endoftext|>"
        let tokenizer = try BPETrainer(
            vocabularySize: 300, specialTokens: [endOfText], preTokenizer: .smollm,
            endOfText: endOfText
        ).train([Self.story, Self.records(0..<9), Self.questions])
        try writeModel(tokens: 300)
        try tokenizer.save(toFolder: baseFolder)
    }

    private static let words = [
        "one", "two", "three", "four", "five", "six", "red", "blue", "green", "cat", "dog", "bird",
    ]

    private static func records(_ range: Range<Int>) -> String {
        range.map { index in
            let word = words[index]
            return #"{"instruction": "Say \#(word) twice.", "output": "\#(word) \#(word)"}"# + "\n"
        }.joined()
    }

    private static let questions = words.prefix(3).enumerated().map { index, word in
        #"{"id": "\#(index)", "question": "What comes after \#(word)?", "#
            + #""choices": ["\#(words[index + 1])", "a dog"], "gold": 0}"# + "\n"
    }.joined()

    private static let story = (0..<12).map { index in
        "The \(words[index]) saw \(words[(index + 5) % 12]) in the garden and was glad of it."
    }.joined(separator: "\n\n")
}
