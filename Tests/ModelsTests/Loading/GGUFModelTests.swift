import Foundation
import Models
import TestSupport
import Testing

@Suite struct GGUFModelTests {
    /// What is wrong with a file as a model, or nil.
    private func problem(_ builder: GGUFBuilder) -> String? {
        do {
            let file = try GGUFFile(data: builder.data, path: "m.gguf")
            let configuration = try file.modelConfiguration()
            try Transformer.check(configuration, in: file, path: "m.gguf", readsValues: true)
            _ = try Transformer.load(configuration, from: file, path: "m.gguf")
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func problem(_ change: (inout GGUFBuilder) -> Void) -> String? {
        var builder = GGUFBuilder.llama()
        change(&builder)
        return problem(builder)
    }

    @Test("a whole model is read")
    func whole() { #expect(problem { _ in } == nil) }

    @Test("what the file calls its tensors stands in the reasons")
    func names() {
        let biased = problem { $0.add(matrix: "blk.0.attn_q.bias", 8) }
        #expect(biased?.contains("blk.0.attn_output.bias is missing") == true)
        let scaled = problem { $0.add(matrix: "rope_freqs.weight", 2) }
        #expect(scaled?.contains("rope_freqs.weight is no scaling as Llama 3's") == true)
        let short = problem { $0.tensors.removeAll { $0.name == "blk.0.ffn_up.weight" } }
        #expect(short?.contains("blk.0.ffn_up.weight is missing") == true)
        let layers = problem { $0.entries[3].value = GGUFBuilder.bytes(UInt32(65_535)) }
        #expect(layers?.contains("llama.block_count is 65535, but") == true, "\(layers ?? "")")
        let heads = problem { $0.add("llama.attention.head_count_kv", 3) }
        #expect(heads?.contains("the 3 heads of llama.attention.head_count_kv") == true)
    }

    @Test("one file of several is not a model by itself")
    func split() {
        let first = problem { $0.add("split.count", 2) }
        #expect(first?.contains("split.count is 2") == true)
        let fewer = problem { $0.add("split.tensors.count", 21) }
        #expect(fewer?.contains("split.tensors.count is 21, but the file has 11") == true)
        #expect(problem { $0.add("split.count", 1) } == nil)
    }

    @Test(
        "keys that change the model are refused by name",
        arguments: [
            ("llama.rope.dimension_count", 2), ("llama.rope.freq_base_swa", 10_000),
            ("llama.attention.sliding_window", 63), ("llama.attention.value_length", 8),
            ("llama.expert_count", 8), ("llama.vocab_size", 4), ("llama.logit_scale", 8),
            ("llama.attention.layer_norm_epsilon", 1), ("llama.attention.head_count_kv", 0),
        ] as [(String, UInt32)])
    func refused(key: String, value: UInt32) {
        let error = problem { $0.add(key, value) }
        #expect(error?.contains(key) == true, "\(error ?? "accepted")")
    }

    @Test("so are those of text, and other kinds of files")
    func refusedTexts() {
        let scaled = problem { $0.add("llama.rope.scaling.type", "yarn") }
        #expect(scaled?.contains("llama.rope.scaling.type is yarn") == true)
        #expect(problem { $0.add("general.type", "adapter") }?.contains("general.type") == true)
        let other = problem { $0.entries[0].value = GGUFBuilder.string("mamba") }
        #expect(
            other?.contains(
                "general.architecture is mamba, a model whose layers are not all attention")
                == true)
        let incomplete = problem { builder in
            builder.entries.removeAll {
                ["llama.block_count", "llama.context_length"].contains($0.key)
            }
        }
        #expect(incomplete?.contains("no llama.block_count; no llama.context_length") == true)
    }

    @Test(
        "keys that change nothing are not",
        arguments: [
            ("llama.rope.scaling.factor", 1), ("llama.rope.dimension_count", 4),
            ("llama.attention.sliding_window", 64), ("llama.expert_count", 0),
            ("llama.vocab_size", 3), ("llama.attention.key_length", 4),
            ("llama.attention.value_length", 4), ("general.file_type", 3), ("someone.note", 7),
        ] as [(String, UInt32)])
    func harmless(key: String, value: UInt32) {
        #expect(problem { $0.add(key, value) } == nil)
    }

    @Test("numbers that are not finite are found in halves and blocks too")
    func infinite() {
        let infinity: [UInt8] = [0x00, 0x7C]
        let error = problem { builder in
            builder.tensors.removeAll { $0.name == "output_norm.weight" }
            builder.add(
                "output_norm.weight", sizes: [8], type: 1,
                bytes: .init(repeating: 0, count: 14) + infinity)
        }
        #expect(error?.contains("output_norm.weight has numbers that are not finite") == true)
    }
}
