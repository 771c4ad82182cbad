/// Gemma 2 and the text models of Gemma 3: norms around each branch, scaled embeddings, layers with and
/// without window by turns (arXiv 2408.00118, 2503.19786).
///
/// Source: transformers 5.24, `Gemma2Config`, `Gemma3TextConfig`.
extension Family {
    private static let gemmaNames: TensorNames = {
        var names = TensorNames.llama
        names.norms[.afterAttention] = "post_attention_layernorm"
        names.norms[.beforeMLP] = "pre_feedforward_layernorm"
        names.norms[.afterMLP] = "post_feedforward_layernorm"
        return names
    }()

    /// Neither family reads `hidden_act`.
    private static let gemmaKeys = KeyTable(
        read: [
            "hidden_activation", "attention_bias", "query_pre_attn_scalar",
            "attn_logit_softcapping", "final_logit_softcapping",
        ],
        harmless: ["hidden_act", "cache_implementation"])

    private static let gemmaGGUFKeys = KeyTable(read: [
        "attn_logit_softcapping", "final_logit_softcapping", "attention.sliding_window_pattern",
    ])

    static let gemma2 = Family(
        modelType: "gemma2", names: gemmaNames, keys: gemmaKeys, kvHeadCount: 4, headSize: 256,
        tiesEmbeddings: true, paddingToken: 0,
        gguf: GGUFForm(
            architecture: "gemma2", keys: gemmaGGUFKeys, normOffset: 1, hasWindow: true
        ) { description in
            description.putScale(largestModelsLayers: 46)
            description.putCaps(attention: 50, final: 30)
            description.putWindow(description.window(default: 4096), period: 2)
        }
    ) { reader in
        let rotation = reader.rotation()
        let window = reader.window(default: 4096)
        var design = reader.design(window: window, slides: { $0 % 2 == 0 }) { _, _ in rotation }
        gemma(&design, &reader, caps: (attention: 50, final: 30))
        return design
    }

    static let gemma3 = Family(
        modelType: "gemma3_text", names: gemmaNames,
        keys: gemmaKeys.adding(
            KeyTable(read: [
                "rope_local_base_freq", "sliding_window_pattern", "_sliding_window_pattern",
            ])),
        kvHeadCount: 4, headSize: 256, tiesEmbeddings: true, paddingToken: 0,
        gguf: GGUFForm(
            architecture: "gemma3",
            keys: gemmaGGUFKeys.adding(
                KeyTable(
                    read: ["rope.freq_base_swa"], idle: ["attn_logit_softcapping": [.int(0)]])),
            normOffset: 1, hasWindow: true
        ) { description in
            description.putScale(largestModelsLayers: 62)
            description.putCaps(attention: nil, final: nil)
            description.putWindow(description.window(), period: 6)
            description["rope_local_base_freq"] = .rounded(
                description.number("rope.freq_base_swa") ?? 10_000)
        }
    ) { reader in
        let window = reader.window(default: 4096)
        let pattern = windowPattern(&reader)
        let (whole, local) = rotations(&reader)
        var design = reader.design(window: window, slides: { ($0 + 1) % pattern != 0 }) {
            $1 ? local : whole
        }
        gemma(&design, &reader, caps: (attention: nil, final: nil))
        design.headNorm = .eachHead
        return design
    }

    /// One layer of so many sees everything.
    private static func windowPattern(_ reader: inout DesignReader) -> Int {
        let hidden = reader.integer("_sliding_window_pattern", default: 6)
        let pattern = reader.integer("sliding_window_pattern", default: hidden) ?? 6
        if pattern < 1 { reader.add("sliding_window_pattern is \(pattern), not above 0") }
        return max(1, pattern)
    }

    /// The rotations of layers without and with window: objects by the type of layer in files of
    /// transformers 5, keys of their own in those of transformers 4.
    private static func rotations(_ reader: inout DesignReader) -> (Rotation, Rotation) {
        let size = reader.sizes.headSize
        let (whole, local) = ("full_attention", "sliding_attention")
        let parameters = reader.values["rope_parameters"]?.object ?? [:]
        guard parameters.keys.contains(where: [whole, local].contains) else {
            let rotation = reader.rotation(.init(theta: 1_000_000))
            let theta = reader.positive("rope_local_base_freq", default: 10_000)
            return (rotation, Rotation(theta: theta ?? 10_000))
        }
        for key in parameters.keys.sorted() where key != whole && key != local {
            reader.add("rope_parameters.\(key) is neither \(whole) nor \(local)")
        }
        func rotation(_ type: String, theta: Double) -> Rotation {
            let name = "rope_parameters.\(type)"
            let keys = RotaryKeys(
                [name: parameters[type] ?? .null], .init(theta: theta), headSize: size,
                newer: name)
            return reader.rotation(keys)
        }
        return (rotation(whole, theta: 1_000_000), rotation(local, theta: 10_000))
    }

    /// What both have.
    private static func gemma(
        _ design: inout ModelDesign, _ reader: inout DesignReader,
        caps: (attention: Double?, final: Double?)
    ) {
        design.norm = .rms(offset: 1)
        design.branchNorms = [.beforeAttention, .afterAttention, .beforeMLP, .afterMLP]
        design.activation = reader.activation(
            "hidden_activation", default: "gelu_pytorch_tanh")
        design.embeddingScale = Double(reader.sizes.hiddenSize).squareRoot()
        let scalar = reader.positive("query_pre_attn_scalar", default: 256)
        design.attentionScale = scalar.map { 1 / $0.squareRoot() }
        if scalar == nil { reader.add("query_pre_attn_scalar is null; give the number") }
        design.attentionSoftCap = reader.positive(
            "attn_logit_softcapping", default: caps.attention)
        design.finalSoftCap = reader.positive("final_logit_softcapping", default: caps.final)
        if reader.flag("attention_bias") { design.biases = [.q, .k, .v, .o] }
    }
}

/// What GGUF files say of Gemma, with what llama.cpp takes where they are silent.
extension GGUFDescription {
    fileprivate mutating func putCaps(attention: Double?, final: Double?) {
        for (key, usual) in [
            ("attn_logit_softcapping", attention), ("final_logit_softcapping", final),
        ] {
            let cap = number(key) ?? usual
            self[key] = cap.flatMap { $0 == 0 ? nil : .rounded($0) } ?? .null
        }
    }

    fileprivate mutating func putWindow(_ window: Int?, period: Int) {
        self["sliding_window"] = window.map { .int($0) } ?? .null
        if window != nil { putLayerTypes(period: period) }
    }

    /// The scale of attention, of which files say nothing: that of the size of a head, but in the
    /// largest model.
    fileprivate mutating func putScale(largestModelsLayers: Int) {
        let (hidden, heads) = (self["hidden_size"]?.int ?? 1, self["num_attention_heads"]?.int ?? 1)
        let size = self["head_dim"]?.int ?? 256
        self["query_pre_attn_scalar"] = .int(
            self["num_hidden_layers"]?.int == largestModelsLayers
                ? hidden / max(1, heads) : size)
    }
}
