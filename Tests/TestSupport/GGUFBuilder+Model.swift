package import Models
internal import Tensors

/// Models as llama.cpp's converter writes them.
extension GGUFBuilder {
    /// What GGUF calls the modules of a layer, by what Hugging Face calls them in any family.
    private static let modules: [String: String] = [
        "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
        "self_attn.qkv_proj": "attn_qkv", "attention.query_key_value": "attn_qkv",
        "self_attn.o_proj": "attn_output", "attention.dense": "attn_output",
        "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.gate_up_proj": "ffn_up",
        "mlp.dense_h_to_4h": "ffn_up", "mlp.down_proj": "ffn_down",
        "mlp.dense_4h_to_h": "ffn_down", "input_layernorm": "attn_norm",
        "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
        "pre_feedforward_layernorm": "ffn_norm", "post_feedforward_layernorm": "post_ffw_norm",
    ]

    private static let outer: [String: String] = [
        "model.embed_tokens": "token_embd", "gpt_neox.embed_in": "token_embd",
        "model.norm": "output_norm", "gpt_neox.final_layer_norm": "output_norm",
        "lm_head": "output", "embed_out": "output",
    ]

    /// The metadata of a model that every architecture has, and its tensors as floats.
    package static func converted(_ model: Transformer, architecture: String) -> GGUFBuilder {
        let sizes = model.configuration
        var builder = GGUFBuilder()
        builder.add("general.architecture", architecture)
        for (key, size) in [
            ("embedding_length", sizes.hiddenSize), ("feed_forward_length", sizes.intermediateSize),
            ("block_count", sizes.layerCount), ("attention.head_count", sizes.headCount),
            ("attention.head_count_kv", sizes.kvHeadCount),
            ("attention.key_length", sizes.headSize), ("attention.value_length", sizes.headSize),
            ("context_length", sizes.maxSequenceLength), ("vocab_size", sizes.vocabularySize),
        ] {
            builder.add("\(architecture).\(key)", UInt32(size))
        }
        let epsilon = architecture == "gptneox" ? "layer_norm_epsilon" : "layer_norm_rms_epsilon"
        builder.add(
            "\(architecture).attention.\(epsilon)", float: Float(sizes.normEpsilon))
        for (declaration, parameter) in zip(model.declarations, model.parameters) {
            builder.add(
                name(declaration.name, architecture),
                sizes: parameter.storedShape.reversed().map { UInt64($0) },
                floats: values(declaration, parameter, sizes, architecture))
        }
        return builder
    }

    private static func name(_ name: String, _ architecture: String) -> String {
        var parts = name.split(separator: ".").map { String($0) }
        let kind = parts.removeLast()
        if let module = outer[parts.joined(separator: ".")] { return "\(module).\(kind)" }
        let path = parts.dropFirst(3).joined(separator: ".")
        // Between attention and MLP, or behind attention where there are norms behind branches.
        let second =
            architecture.hasPrefix("gemma") || architecture == "olmo2"
            ? "post_attention_norm" : "ffn_norm"
        let module = path == "post_attention_layernorm" ? second : modules[path] ?? path
        return "blk.\(parts[2]).\(module).\(kind)"
    }

    private static func values(
        _ declaration: ParameterDeclaration, _ parameter: Parameter, _ sizes: ModelConfiguration,
        _ architecture: String
    ) -> [Float] {
        let values = Array(parameter.storage.buffer)
        let width = parameter.isVector ? 1 : parameter.columns
        switch (architecture, declaration.role) {
        case ("gemma2", .norm), ("gemma3", .norm): return values.map { $0 + 1 }
        case ("llama", .weight(.q)), ("smollm3", .weight(.q)), ("llama", .bias(.q)):
            return interleaved(values, heads: sizes.headCount, width: width)
        case ("llama", .weight(.k)), ("smollm3", .weight(.k)), ("llama", .bias(.k)):
            return interleaved(values, heads: sizes.kvHeadCount, width: width)
        case ("gptneox", .weight(.qkv)), ("gptneox", .bias(.qkv)):
            return byPart(values, heads: sizes.headCount, width: width)
        default: return values
        }
    }

    /// Channel i of the first half of a head beside channel i of the second.
    private static func interleaved(_ values: [Float], heads: Int, width: Int) -> [Float] {
        let size = values.count / width / heads
        var rows: [Int] = []
        for head in 0..<heads {
            for pair in 0..<size / 2 {
                rows.append(head * size + pair)
                rows.append(head * size + pair + size / 2)
            }
        }
        return taken(rows, of: values, width: width)
    }

    private static func byPart(_ values: [Float], heads: Int, width: Int) -> [Float] {
        let size = values.count / width / heads / 3
        var rows: [Int] = []
        for part in 0..<3 {
            for head in 0..<heads {
                let first = (head * 3 + part) * size
                rows += Array(first..<first + size)
            }
        }
        return taken(rows, of: values, width: width)
    }

    private static func taken(_ rows: [Int], of values: [Float], width: Int) -> [Float] {
        rows.flatMap { Array(values[$0 * width..<($0 + 1) * width]) }
    }
}
