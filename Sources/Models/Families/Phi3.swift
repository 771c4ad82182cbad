/// Phi-3 and 3.5 mini: Llama with fused projections (arXiv 2404.14219).
///
/// Source: transformers 5.24, `Phi3Config`.
extension Family {
    static let phi3 = Family(
        modelType: "phi3",
        keys: KeyTable(
            read: ["hidden_act", "partial_rotary_factor"],
            // What scaling of a kind that is refused starts from.
            harmless: ["original_max_position_embeddings"]),
        paddingToken: 32_000
    ) { reader in
        let rotation = reader.rotation(.init(part: 1, partKey: "partial_rotary_factor"))
        var design = reader.design(window: reader.window()) { _, _ in rotation }
        design.attentionInput = .fused
        design.mlp = .gatedFused
        design.activation = reader.activation("hidden_act", default: "silu")
        return design
    }
}
