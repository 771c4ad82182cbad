/// The names of a Llama model's tensors in GGUF files and in Hugging Face's.
package enum GGUFNames {
    private static let outer = [
        "token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
    ]

    private static let inner = [
        "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
        "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
        "ffn_norm": "post_attention_layernorm", "ffn_gate": "mlp.gate_proj",
        "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
    ]

    /// The Hugging Face name of a GGUF tensor, such as `model.layers.3.self_attn.q_proj.weight`
    /// for `blk.3.attn_q.weight`; nil for a tensor that Llama models do not have.
    package static func huggingFaceName(_ name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard let kind = parts.last, kind == "weight" || kind == "bias" else { return nil }
        if parts.count == 2 { return outer[parts[0]].map { "\($0).\(kind)" } }
        guard parts.count == 4, parts[0] == "blk", let layer = Int(parts[1]), layer >= 0,
            let module = inner[parts[2]]
        else { return nil }
        return "model.layers.\(layer).\(module).\(kind)"
    }

    /// The other way around: `blk.3.attn_q.weight` for `model.layers.3.self_attn.q_proj.weight`.
    package static func name(huggingFace name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard let kind = parts.last else { return nil }
        if let module = outer.first(where: { $0.value == parts.dropLast().joined(separator: ".") })
        {
            return "\(module.key).\(kind)"
        }
        guard parts.count > 4, parts[0] == "model", parts[1] == "layers" else { return nil }
        let path = parts.dropFirst(3).dropLast().joined(separator: ".")
        return inner.first { $0.value == path }.map { "blk.\(parts[2]).\($0.key).\(kind)" }
    }
}
