/// GPT-NeoX and Pythia: LayerNorm, biases everywhere, a rotation of a part of each head, and branches
/// side by side (arXiv 2204.06745, 2304.01373).
///
/// Source: transformers 5.24, `GPTNeoXConfig`.
extension Family {
    static let gptNeoX = Family(
        modelType: "gpt_neox", names: neoXNames, epsilonKey: "layer_norm_eps",
        keys: KeyTable(read: [
            "hidden_act", "attention_bias", "use_parallel_residual", "rotary_pct",
            "rotary_emb_base", "partial_rotary_factor", "layer_norm_eps",
        ]),
        trainsPadding: true,
        gguf: GGUFForm(
            architecture: "gptneox", epsilonKey: "attention.layer_norm_epsilon",
            keys: KeyTable(read: ["use_parallel_residual"]), rows: .byPart,
            thetaKey: "rotary_emb_base", partKey: "rotary_pct"
        ) { description in
            description["use_parallel_residual"] =
                description.flag(required: "use_parallel_residual").map { .bool($0) }
            description["attention_bias"] = .bool(description.has(.bias(.qkv)))
        }
    ) { reader in
        reader.refuseWindow()
        let rotation = reader.rotation(
            .init(outer: ["rotary_emb_base", "rope_theta"], part: 0.25, partKey: "rotary_pct"))
        var design = reader.design(window: nil) { _, _ in rotation }
        design.norm = .layer
        design.attentionInput = .fusedByHead
        design.mlp = .plain
        design.activation = reader.activation("hidden_act", default: "gelu")
        design.biases = [.up, .down]
        if reader.flag("attention_bias", default: true) { design.biases.formUnion([.qkv, .o]) }
        design.isParallel = reader.flag("use_parallel_residual", default: true)
        return design
    }

    private static let neoXNames = TensorNames(
        embedding: "gpt_neox.embed_in", finalNorm: "gpt_neox.final_layer_norm", head: "embed_out",
        // Since transformers 5; before, it was as in files.
        headModule: "lm_head",
        layers: "gpt_neox.layers",
        projections: [
            .qkv: "attention.query_key_value", .o: "attention.dense", .up: "mlp.dense_h_to_4h",
            .down: "mlp.dense_4h_to_h",
        ],
        norms: [
            .beforeAttention: "input_layernorm", .beforeMLP: "post_attention_layernorm",
        ],
        // The mask.
        buffers: [".attention.bias"])
}
