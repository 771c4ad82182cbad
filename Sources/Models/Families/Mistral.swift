/// Mistral 7B and its relatives: Llama with a window (arXiv 2310.06825).
///
/// Source: transformers 5.24, `MistralConfig`.
extension Family {
    static let mistral = Family(
        modelType: "mistral", keys: KeyTable(read: ["hidden_act", "sliding_window"]),
        kvHeadCount: 8
    ) { reader in
        let rotation = reader.rotation()
        var design = reader.design(window: reader.window(default: 4096)) { _, _ in rotation }
        design.activation = reader.activation("hidden_act", default: "silu")
        return design
    }
}
