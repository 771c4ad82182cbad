package import Foundation
package import Models
internal import Tensors

/// What PyTorch, transformers and PEFT made of a small base, in `Tests/Fixtures/peft`.
package struct PEFTGoldens: Decodable {
    /// Training of the whole base.
    package struct Full: Decodable {
        package var learningRate: Double
        package var losses: [Double]
    }

    /// An adapter that PEFT trained; its folder is the one of its name.
    package struct Adapter: Decodable {
        package var rank: Int
        /// Nil for VeRA.
        package var alpha: Double?
        package var learningRate: Double
        /// The number of trained parameters.
        package var trainable: Int
        /// Before each step of AdamW on all sequences.
        package var losses: [Double]
        /// After training.
        package var logits: [Float]
    }

    package var sequences: [[Int32]]
    /// Rows at the end of the first sequence whose logits are kept, one after another.
    package var lastRows: Int
    /// Those of the base.
    package var logits: [Float]
    package var full: Full
    package var adapters: [String: Adapter]

    package static let methods = ["lora", "rslora", "dora", "pissa", "embeddings", "tied", "vera"]

    /// Adapters of random numbers that say something of some modules alone.
    package static let patterns = ["patterns", "layers", "expression", "all-linear"]

    /// What they predict.
    package static func readPatterns() throws -> [String: [Float]] {
        try JSONDecoder().decode(
            [String: [Float]].self, from: try Data(contentsOf: fixture("peft/patterns.json")))
    }

    package static func read() throws -> PEFTGoldens {
        try JSONDecoder().decode(
            PEFTGoldens.self, from: try Data(contentsOf: fixture("peft/goldens.json")))
    }

    package static func folder(of method: String) -> URL { fixture("peft/\(method)") }

    /// The base that the adapters belong to.
    package static func base() throws -> Transformer {
        let folder = folder(of: "base")
        return try Transformer.load(
            try HuggingFaceConfiguration.read(folder.appending(path: "config.json")),
            from: try openWeightFile(at: folder), path: folder.path)
    }

    /// What a model predicts where the reference's logits are kept.
    package func logits(of model: Transformer) -> [Float] {
        let tokens = sequences[0]
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let hidden = model.hidden(
            tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)
        let rows = tokens.indices.suffix(lastRows).map(Int32.init)
        return Array(tape.logits(hidden, head: model.output, rows: rows))
    }
}
