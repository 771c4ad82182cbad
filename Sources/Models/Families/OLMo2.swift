/// OLMo 2: norms on the results of the branches instead of in front of them, and over all queries and
/// all keys (arXiv 2501.00656).
///
/// Source: transformers 5.24, `Olmo2Config`.
extension Family {
    static let olmo2 = Family(
        modelType: "olmo2", names: olmo2Names,
        keys: KeyTable(read: ["hidden_act", "attention_bias"]),
        gguf: GGUFForm(architecture: "olmo2") { $0.putBiases() }
    ) { reader in
        reader.refuseWindow()
        let rotation = reader.rotation()
        var design = reader.design(window: nil) { _, _ in rotation }
        design.branchNorms = [.afterAttention, .afterMLP]
        design.headNorm = .wholeProjection
        design.activation = reader.activation("hidden_act", default: "silu")
        if reader.flag("attention_bias") { design.biases = [.q, .k, .v, .o] }
        return design
    }

    private static let olmo2Names: TensorNames = {
        var names = TensorNames.llama
        names.norms = [
            .afterAttention: "post_attention_layernorm", .afterMLP: "post_feedforward_layernorm",
            .query: "self_attn.q_norm", .key: "self_attn.k_norm",
        ]
        return names
    }()
}
