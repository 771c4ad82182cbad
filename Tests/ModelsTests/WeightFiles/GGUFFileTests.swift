import Foundation
import Models
import TestSupport
import Testing

@Suite struct GGUFFileTests {
    @Test("metadata keeps its types")
    func metadata() throws {
        var builder = GGUFBuilder()
        builder.add("general.name", "tiny")
        builder.add("an.int", 7)
        builder.add("a.float", float: 0.5)
        builder.add("some.strings", strings: ["a", "日本"])
        builder.entries.append(("a.bool", 7, [1]))
        builder.entries.append(("a.byte", 1, [0xFF]))
        builder.entries.append(("a.double", 12, GGUFBuilder.bytes(Double(-2).bitPattern)))
        let file = try open(builder)
        #expect(file.metadata["general.name"]?.string == "tiny")
        #expect(file.metadata["an.int"] == .int(7))
        #expect(file.metadata["an.int"]?.float == 7)
        #expect(file.metadata["a.float"] == .float(0.5))
        #expect(file.metadata["some.strings"]?.strings == ["a", "日本"])
        #expect(file.metadata["some.strings"]?.ints == nil)
        #expect(file.metadata["a.bool"]?.bool == true)
        #expect(file.metadata["a.byte"]?.int == -1)
        #expect(file.metadata["a.double"]?.float == -2)
    }

    @Test("shapes are outermost first and names are Hugging Face's")
    func shapesAndNames() throws {
        var builder = GGUFBuilder()
        builder.add("blk.3.ffn_up.weight", sizes: [3, 2], floats: [1, 2, 3, 4, 5, 6])
        builder.add("odd.weight", sizes: [1], floats: [9])
        let file = try open(builder)
        #expect(file.tensorNames == ["model.layers.3.mlp.up_proj.weight", "odd.weight"])
        #expect(file.shape(of: "model.layers.3.mlp.up_proj.weight") == [2, 3])
        #expect(file.shape(of: "blk.3.ffn_up.weight") == nil)
        #expect(try file.readFloats("model.layers.3.mlp.up_proj.weight") == [1, 2, 3, 4, 5, 6])
        #expect(try file.readFloats("odd.weight") == [9])
        #expect(throws: WeightFileError.self) { try file.readFloats("absent") }
    }

    @Test("halves and block formats are decoded by their formulas")
    func types() throws {
        // Halves: 0.5 is 0x3800, -2 is 0xC000, 0.25 is 0x3400.
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 - 16) }
        let nibbles = (0..<16).map { UInt8($0 | (15 - $0) << 4) }
        var builder = GGUFBuilder()
        builder.add("f16", sizes: [2], type: 1, bytes: [0x00, 0x38, 0x00, 0xC0])
        builder.add("bf16", sizes: [2], type: 30, bytes: [0x80, 0x3F, 0x20, 0xC0])
        builder.add("q8_0", sizes: [32], type: 8, bytes: [0x00, 0x38] + bytes)
        builder.add("q4_0", sizes: [32], type: 2, bytes: [0x00, 0xC0] + nibbles)
        builder.add("q4_1", sizes: [32], type: 3, bytes: [0x00, 0x38, 0x00, 0x34] + nibbles)
        let file = try open(builder)
        let values = Array(0..<16) + (0..<16).map { 15 - $0 }
        #expect(try file.readFloats("f16") == [0.5, -2])
        #expect(try file.readFloats("bf16") == [1, -2.5])
        #expect(try file.readFloats("q8_0") == (0..<32).map { 0.5 * Float($0 - 16) })
        #expect(try file.readFloats("q4_0") == values.map { -2 * Float($0 - 8) })
        #expect(try file.readFloats("q4_1") == values.map { 0.5 * Float($0) + 0.25 })
    }

    @Test("interleaved query and key rows are put back in rotate-half order")
    func rowOrder() throws {
        var builder = GGUFBuilder()
        builder.add("general.architecture", "llama")
        builder.add("llama.attention.head_count", 2)
        builder.add("llama.attention.head_count_kv", 1)
        // A head's rows 0, 1, 2, 3 are stored as 0, 2, 1, 3.
        builder.add(
            "blk.0.attn_q.weight", sizes: [2, 8],
            floats: [
                0, 0, 2, 2, 1, 1, 3, 3, 4, 4, 6, 6, 5, 5, 7, 7,
            ])
        builder.add("blk.0.attn_k.weight", sizes: [1, 4], floats: [0, 2, 1, 3])
        builder.add("blk.0.attn_q.bias", sizes: [8], floats: [0, 2, 1, 3, 4, 6, 5, 7])
        builder.add("blk.0.attn_v.weight", sizes: [1, 4], floats: [0, 1, 2, 3])
        let attention = "model.layers.0.self_attn."
        let file = try open(builder)
        #expect(
            try file.readFloats(attention + "q_proj.weight") == (0..<16).map { Float($0 / 2) })
        #expect(try file.readFloats(attention + "k_proj.weight") == [0, 1, 2, 3])
        #expect(try file.readFloats(attention + "q_proj.bias") == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(try file.readFloats(attention + "v_proj.weight") == [0, 1, 2, 3])
    }

    @Test("hyper-parameters come from the metadata and the embedding")
    func hyperparameters() throws {
        let numbers = try open(Self.tinyLlama()).modelConfiguration()
        #expect(numbers.hiddenSize == 8)
        #expect(numbers.intermediateSize == 16)
        #expect(numbers.layerCount == 1)
        #expect(numbers.headCount == 2)
        #expect(numbers.kvHeadCount == 2)
        #expect(numbers.headSize == 4)
        #expect(numbers.vocabularySize == 3)
        #expect(numbers.ropeTheta == 10_000)
        #expect(numbers.normEpsilon == 0.25)
        #expect(numbers.maxSequenceLength == 64)
        #expect(numbers.tiesEmbeddings)
    }

    @Test("the tokenizer's lists are handed on, if it is byte-level BPE")
    func tokenizer() throws {
        var builder = GGUFBuilder()
        builder.add("tokenizer.ggml.model", "gpt2")
        builder.add("tokenizer.ggml.pre", "smollm")
        builder.add("tokenizer.ggml.tokens", strings: ["a", "b", "ab"])
        builder.add("tokenizer.ggml.merges", strings: ["a b"])
        builder.add("tokenizer.ggml.eos_token_id", 2)
        let tokenizer = try open(builder).tokenizerMetadata()
        #expect(tokenizer.tokens == ["a", "b", "ab"])
        #expect(tokenizer.merges == ["a b"])
        #expect(tokenizer.tokenTypes == nil)
        #expect(tokenizer.preTokenizer == "smollm")
        #expect(tokenizer.bosID == nil)
        #expect(tokenizer.endIDs == [2])
        #expect(tokenizer.prefixIDs.isEmpty)
        builder.entries[0].value = GGUFBuilder.string("llama")
        let other = try open(builder)
        #expect(throws: WeightFileError.self) { try other.tokenizerMetadata() }
    }

    @Test("a tokenizer may name tokens before a text, and several after it")
    func edges() throws {
        var builder = GGUFBuilder()
        builder.add("tokenizer.ggml.model", "gpt2")
        builder.add("tokenizer.ggml.tokens", strings: ["a", "b", "ab"])
        builder.add("tokenizer.ggml.merges", strings: ["a b"])
        builder.add("tokenizer.ggml.eos_token_id", 2)
        builder.add("tokenizer.ggml.eot_token_id", 1)
        builder.add("tokenizer.ggml.eom_token_id", 2)
        builder.add("tokenizer.ggml.add_bos_token", true)
        let nameless = try open(builder)
        #expect(
            throws: WeightFileError.missingMetadata(
                path: "test.gguf", key: "tokenizer.ggml.bos_token_id")
        ) { try nameless.tokenizerMetadata() }
        builder.add("tokenizer.ggml.bos_token_id", 0)
        let tokenizer = try open(builder).tokenizerMetadata()
        #expect(tokenizer.endIDs == [2, 1])
        #expect(tokenizer.prefixIDs == [0] && tokenizer.bosID == 0)
        builder.add("tokenizer.ggml.add_eos_token", true)
        let ending = try open(builder)
        #expect(throws: WeightFileError.self) { try ending.tokenizerMetadata() }
    }

    /// The metadata and embedding of a Llama model of one layer.
    static func tinyLlama() -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.add("general.architecture", "llama")
        builder.add("llama.embedding_length", 8)
        builder.add("llama.feed_forward_length", 16)
        builder.add("llama.block_count", 1)
        builder.add("llama.attention.head_count", 2)
        builder.add("llama.attention.layer_norm_rms_epsilon", float: 0.25)
        builder.add("llama.context_length", 64)
        builder.add("token_embd.weight", sizes: [8, 3], floats: Array(repeating: 1, count: 24))
        return builder
    }

    private func open(_ builder: GGUFBuilder) throws -> GGUFFile {
        try GGUFFile(data: builder.data, path: "test.gguf")
    }
}
