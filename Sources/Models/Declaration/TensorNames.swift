/// What a family calls its modules in Hugging Face files.
struct TensorNames: Sendable {
    var embedding = "model.embed_tokens"
    var finalNorm = "model.norm"
    var head = "lm_head"
    /// The head's module in memory, where files call it otherwise.
    var headModule: String?
    /// What the names of a layer's modules begin with, before its number.
    var layers = "model.layers"
    /// Within a layer.
    var projections: [Projection: String]
    var norms: [NormPlace: String]
    /// Tensors of older files that hold nothing of their own: what their names end with, beside those
    /// that no family reads.
    var buffers: [String] = []

    /// Llama's names, which most families share.
    static let llama = TensorNames(
        projections: [
            .q: "self_attn.q_proj", .k: "self_attn.k_proj", .v: "self_attn.v_proj",
            .qkv: "self_attn.qkv_proj", .o: "self_attn.o_proj", .gate: "mlp.gate_proj",
            .up: "mlp.up_proj", .gateUp: "mlp.gate_up_proj", .down: "mlp.down_proj",
        ],
        norms: [
            .beforeAttention: "input_layernorm", .beforeMLP: "post_attention_layernorm",
            .query: "self_attn.q_norm", .key: "self_attn.k_norm",
        ])

    /// The module of a parameter in memory.
    func module(_ role: ParameterRole, layer: Int?) -> String {
        role == .head ? headModule ?? head : storedModule(role, layer: layer)
    }

    private func storedModule(_ role: ParameterRole, layer: Int?) -> String {
        layer.map { "\(layers).\($0).\(path(role))" } ?? path(role)
    }

    /// The name of a parameter, in a layer or outside.
    func name(_ role: ParameterRole, layer: Int?) -> String {
        let module = storedModule(role, layer: layer)
        switch role {
        case .bias, .normBias: return module + ".bias"
        case .embedding, .head, .weight, .norm: return module + ".weight"
        }
    }

    /// A module's name, within its layer if it is in one.
    func path(_ role: ParameterRole) -> String {
        let path: String? =
            switch role {
            case .embedding: embedding
            case .head: head
            case .weight(let projection), .bias(let projection): projections[projection]
            case .norm(.final), .normBias(.final): finalNorm
            case .norm(let place), .normBias(let place): norms[place]
            }
        guard let path else { preconditionFailure("a family without a name for \(role)") }
        return path
    }

    /// The number of the layer that a tensor belongs to; nil for one outside the layers.
    func layer(of name: String) -> Int? {
        guard name.hasPrefix(layers + ".") else { return nil }
        let digits = name.dropFirst(layers.count + 1).prefix { $0 != "." }
        return Int(digits).flatMap { (0..<Int(Int32.max)).contains($0) ? $0 : nil }
    }
}
