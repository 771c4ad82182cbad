/// SmolLM3: Llama with layers that know no positions.
///
/// Source: transformers 5.24, `SmolLM3Config`.
extension Family {
    static let smolLM3 = Family(
        modelType: "smollm3",
        keys: KeyTable(read: [
            "hidden_act", "attention_bias", "mlp_bias", "no_rope_layers",
            "no_rope_layer_interval", "use_sliding_window",
        ]),
        kvHeadCount: 4, tiesEmbeddings: true, paddingToken: 128_004,
        // Files do not say which layers know no positions; llama.cpp takes every fourth.
        gguf: GGUFForm(architecture: "smollm3", rows: .interleaved) { description in
            description.putBiases()
            description["no_rope_layer_interval"] = .int(4)
        }
    ) { reader in
        let rotation = reader.rotation(.init(theta: 2_000_000))
        let interval = reader.integer("no_rope_layer_interval", default: 4) ?? 4
        if interval < 1 { reader.add("no_rope_layer_interval is \(interval), not above 0") }
        let listed = reader.rotatedLayers()
        func isRotated(_ layer: Int) -> Bool {
            listed?[layer] ?? ((layer + 1) % max(1, interval) != 0)
        }
        let window = reader.flag("use_sliding_window") ? reader.window() : nil
        var design = reader.design(window: window, slides: { !isRotated($0) }) { layer, _ in
            isRotated(layer) ? rotation : nil
        }
        design.activation = reader.activation("hidden_act", default: "silu")
        if reader.flag("attention_bias") { design.biases.formUnion([.q, .k, .v, .o]) }
        if reader.flag("mlp_bias") { design.biases.formUnion([.gate, .up, .down]) }
        return design
    }
}
