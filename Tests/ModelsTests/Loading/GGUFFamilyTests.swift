import Foundation
import Models
import Tensors
import TestSupport
import Testing

/// Models of every family, written as GGUF as llama.cpp's converter does, against the same models in
/// Hugging Face's form.
@Suite struct GGUFFamilyTests {
    /// A family's file.
    struct Sample: Sendable, CustomStringConvertible {
        /// A case of `SmallFamilies`.
        let name: String
        let architecture: String
        /// Keys of `config.json` instead of the case's: what a file of GGUF cannot say otherwise.
        var changes: [(String, String)] = []
        /// Keys of the file beside the sizes.
        var numbers: [(String, Float)] = []
        var integers: [(String, UInt32)] = []
        var flags: [(String, Bool)] = []

        var description: String { name }

        func configuration() throws -> ModelConfiguration {
            let json = changes.reduce(SmallFamilies.json(name)) {
                $0.replacingOccurrences(of: $1.0, with: $1.1)
            }
            return try SmallFamilies.configuration(json: json)
        }

        func builder(of model: Transformer) -> GGUFBuilder {
            var builder = GGUFBuilder.converted(model, architecture: architecture)
            for (key, value) in numbers { builder.add("\(architecture).\(key)", float: value) }
            for (key, value) in integers { builder.add("\(architecture).\(key)", value) }
            for (key, value) in flags { builder.add("\(architecture).\(key)", value) }
            return builder
        }
    }

    private static let theta: [(String, Float)] = [("rope.freq_base", 10_000)]

    static let samples = [
        Sample(
            name: "llama-biases", architecture: "llama", changes: [("gelu", "silu")],
            numbers: [("rope.scaling.factor", 2)]),
        Sample(
            name: "qwen2", architecture: "qwen2",
            changes: [("\"use_sliding_window\": true", "\"use_sliding_window\": false")]),
        Sample(name: "qwen3", architecture: "qwen3", numbers: theta),
        Sample(
            name: "smollm3", architecture: "smollm3",
            changes: [("interval\": 2", "interval\": 4"), ("layers\": 2", "layers\": 4")],
            numbers: [("rope.freq_base", 2_000_000)]),
        Sample(
            name: "gemma2", architecture: "gemma2", changes: [("scalar\": 9", "scalar\": 6")],
            numbers: [("attn_logit_softcapping", 2), ("final_logit_softcapping", 3)],
            integers: [("attention.sliding_window", 3)]),
        Sample(
            name: "gemma3", architecture: "gemma3", changes: [("scalar\": 9", "scalar\": 6")],
            numbers: [("rope.freq_base", 1_000_000)],
            integers: [
                ("attention.sliding_window", 3), ("attention.sliding_window_pattern", 2),
            ]),
        Sample(
            name: "gemma3", architecture: "gemma3",
            changes: [
                ("scalar\": 9", "scalar\": 6"), ("pattern\": 2", "pattern\": 6"),
                ("layers\": 2", "layers\": 7"),
            ],
            numbers: [("rope.freq_base", 1_000_000)],
            integers: [("attention.sliding_window", 3)]),
        Sample(name: "olmo2", architecture: "olmo2"),
        Sample(
            name: "phi3", architecture: "phi3",
            integers: [("attention.sliding_window", 5), ("rope.dimension_count", 2)]),
        Sample(
            name: "gpt_neox", architecture: "gptneox", integers: [("rope.dimension_count", 2)],
            flags: [("use_parallel_residual", true)]),
        Sample(
            name: "gpt_neox-serial", architecture: "gptneox", changes: [("gelu_new", "gelu")],
            flags: [("use_parallel_residual", false)]),
    ]

    @Test("a GGUF file is the model of the folder, to the last bits", arguments: samples)
    func sameModel(sample: Sample) throws {
        let model = try SmallFamilies.model(sample.configuration())
        let file = try GGUFFile(data: sample.builder(of: model).data, path: "m.gguf")
        let read = try Transformer.load(try file.modelConfiguration(), from: file, path: "m.gguf")
        #expect(read.configuration.differences(from: model.configuration).isEmpty)
        expectClose(Self.hidden(read), Self.hidden(model), relative: 0, absolute: 1e-5)
    }

    @Test("what was read from GGUF is saved as a folder that is the same model", arguments: samples)
    func savedAgain(sample: Sample) throws {
        let model = try SmallFamilies.model(sample.configuration())
        let file = try GGUFFile(data: sample.builder(of: model).data, path: "m.gguf")
        let read = try Transformer.load(try file.modelConfiguration(), from: file, path: "m.gguf")
        try withTemporaryFolder { folder in
            try read.save(toFolder: folder)
            let saved = try HuggingFaceConfiguration.read(folder.appending(path: "config.json"))
            #expect(saved == read.configuration)
        }
    }

    @Test(
        "Llama 3's scaling is found again from the factors of its angles",
        arguments: [(8.0, 1.0, 4.0, 64), (32, 1, 4, 8192), (8, 1, 4, 100), (4, 2, 7, 8192)])
    func rotaryFactors(factor: Double, low: Double, high: Double, context: Int) throws {
        for headSize in [16, 64, 128] {
            let plain = (0..<headSize / 2).map { pow(500_000, -Double(2 * $0) / Double(headSize)) }
            let factors = plain.map { frequency -> Float in
                let turns = Double(context) * frequency / (2 * .pi)
                if turns > high { return 1 }
                if turns < low { return Float(factor) }
                let share = (turns - low) / (high - low)
                return Float(1 / ((1 - share) / factor + share))
            }
            let configuration = try Self.llama(headSize: headSize, factors: factors)
            guard case .llama3 = configuration.design.attentionKinds.first?.rotation?.scaling else {
                Issue.record("no scaling of \(headSize) channels")
                continue
            }
        }
        #expect(throws: ModelFolderError.self) {
            try Self.llama(headSize: 16, factors: [1, 2, 1, 8, 8, 8, 8, 8])
        }
    }

    private static func llama(headSize: Int, factors: [Float]) throws -> ModelConfiguration {
        var builder = GGUFBuilder.llama()
        builder.add("llama.attention.key_length", UInt32(headSize))
        builder.add("llama.rope.freq_base", float: 500_000)
        builder.add("rope_freqs.weight", sizes: [UInt64(headSize / 2)], floats: factors)
        builder.tensors.removeAll { $0.name.contains("attn_q") || $0.name.contains("attn_k") }
        return try GGUFFile(data: builder.data, path: "m.gguf").modelConfiguration()
    }

    @Test(
        "kinds that are not computed are refused in words",
        arguments: [
            ("qwen3moe", "a mixture of experts"), ("mamba2", "not all attention"),
            ("bert", "an encoder"), ("clip", "images"), ("t5", "an encoder with a decoder"),
            ("qwen2vl", "images"), ("falcon", "only llama, qwen2, qwen3, smollm3"),
        ])
    func foreign(architecture: String, words: String) {
        let problem = Self.problem(of: architecture) { _ in }
        #expect(problem.contains("general.architecture is \(architecture)"))
        #expect(problem.contains(words), "\(problem)")
    }

    @Test(
        "so are experts in an architecture that can be without, and keys of one family in another")
    func keys() {
        #expect(
            Self.problem(of: "llama") { $0.add("llama.expert_count", 8) }.contains("of experts"))
        for (architecture, key) in [
            ("qwen2", "attn_logit_softcapping"), ("llama", "attention.sliding_window_pattern"),
            ("gemma2", "rope.freq_base_swa"), ("gemma3", "attn_logit_softcapping"),
            ("olmo2", "attention.sliding_window"), ("phi3", "rope.scaling.attn_factor"),
        ] {
            let key = "\(architecture).\(key)"
            let problem = Self.problem(of: architecture) { builder in
                builder.entries += GGUFBuilder.llama().entries.dropFirst().map {
                    (
                        $0.key.replacingOccurrences(of: "llama", with: architecture), $0.type,
                        $0.value
                    )
                }
                builder.add(key, 3)
            }
            #expect(problem.contains(key), "\(architecture): \(problem)")
        }
    }

    private static func problem(
        of architecture: String, _ change: (inout GGUFBuilder) -> Void
    ) -> String {
        var builder = GGUFBuilder()
        builder.add("general.architecture", architecture)
        change(&builder)
        do {
            _ = try GGUFFile(data: builder.data, path: "m.gguf").modelConfiguration()
            return ""
        } catch {
            return "\(error)"
        }
    }

    private static func hidden(_ model: Transformer) -> [Float] {
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let tokens: [Int32] = [1, 5, 9, 2, 22, 7, 7, 3, 0, 11, 4]
        let layout = SequenceLayout(offsets: [0, 3, 11])
        let hidden = model.hidden(tokens, layout: layout, on: tape)
        let rows = (0..<Int32(tokens.count)).map { $0 }
        return Array(tape.values(hidden))
            + Array(tape.logits(hidden, head: model.output, rows: rows))
    }
}
