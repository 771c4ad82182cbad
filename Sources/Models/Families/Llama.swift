/// Llama 1 to 3.2 and what follows it, such as TinyLlama and SmolLM2 (arXiv 2307.09288, 2407.21783).
///
/// Source: transformers 5.24, `LlamaConfig`.
extension Family {
    package static let llama = Family(
        modelType: "llama",
        keys: KeyTable(read: ["hidden_act", "attention_bias", "mlp_bias"]),
        gguf: GGUFForm(architecture: "llama", rows: .interleaved, hasRotaryFactors: true) {
            $0.putBiases()
        }
    ) { reader in
        reader.refuseWindow()
        let rotation = reader.rotation()
        var design = reader.design(window: nil) { _, _ in rotation }
        design.activation = reader.activation("hidden_act", default: "silu")
        if reader.flag("attention_bias") { design.biases.formUnion([.q, .k, .v, .o]) }
        if reader.flag("mlp_bias") { design.biases.formUnion([.gate, .up, .down]) }
        return design
    }
}
