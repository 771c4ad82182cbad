/// Qwen 2, 2.5 and 3: Llama with biases on queries, keys and values, or with norms on queries and
/// keys (arXiv 2407.10671, 2505.09388).
///
/// Source: transformers 5.24, `Qwen2Config`, `Qwen3Config`.
extension Family {
    private static let qwenKeys = ["hidden_act", "use_sliding_window", "max_window_layers"]

    static let qwen2 = Family(
        modelType: "qwen2", keys: KeyTable(read: qwenKeys, idle: ["attention_bias": [.bool(true)]]),
        kvHeadCount: 32, gguf: GGUFForm(architecture: "qwen2")
    ) { reader in
        var design = qwen(&reader)
        design.biases = [.q, .k, .v]
        return design
    }

    static let qwen3 = Family(
        modelType: "qwen3", keys: KeyTable(read: qwenKeys + ["attention_bias"]), kvHeadCount: 32,
        headSize: 128, gguf: GGUFForm(architecture: "qwen3") { $0.putBiases() }
    ) { reader in
        var design = qwen(&reader)
        design.headNorm = .eachHead
        if reader.flag("attention_bias") { design.biases = [.q, .k, .v, .o] }
        return design
    }

    /// The first layers see everything, where the window is used at all.
    private static func qwen(_ reader: inout DesignReader) -> ModelDesign {
        let rotation = reader.rotation()
        let whole = reader.integer("max_window_layers", default: 28) ?? 0
        let window = reader.flag("use_sliding_window") ? reader.window(default: 4096) : nil
        var design = reader.design(window: window, slides: { $0 >= whole }) { _, _ in rotation }
        design.activation = reader.activation("hidden_act", default: "silu")
        return design
    }
}
