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
        paddingToken: 32_000,
        gguf: GGUFForm(
            architecture: "phi3", names: phi3GGUFNames, partKey: "partial_rotary_factor",
            hasWindow: true
        ) { description in
            description["sliding_window"] = description.window().map { .int($0) } ?? .null
            description["original_max_position_embeddings"] =
                description["max_position_embeddings"]
        }
    ) { reader in
        let rotation = reader.rotation(.init(part: 1, partKey: "partial_rotary_factor"))
        var design = reader.design(window: reader.window()) { _, _ in rotation }
        design.attentionInput = .fused
        design.mlp = .gatedFused
        design.activation = reader.activation("hidden_act", default: "silu")
        return design
    }

    private static let phi3GGUFNames: TensorNames = {
        var names = TensorNames.gguf
        names.projections[.gate] = nil
        names.projections[.up] = nil
        names.projections[.gateUp] = "ffn_up"
        return names
    }()
}
