/// The names of a family's tensors in GGUF files and in Hugging Face's.
package struct GGUFNames {
    private let names: TensorNames
    private let own: TensorNames
    /// By the modules' names in GGUF, those of the layers within their layer.
    private let outer: [String: ParameterRole]
    private let inner: [String: ParameterRole]

    /// The names of a family; of one without GGUF files those of most.
    package init(_ family: Family) {
        let (names, own) = (family.names, family.gguf?.names ?? .gguf)
        self.names = names
        self.own = own
        outer = [own.embedding: .embedding, own.finalNorm: .norm(.final), own.head: .head]
        let projections = own.projections.filter { names.projections[$0.key] != nil }
        let norms = own.norms.filter { names.norms[$0.key] != nil }
        inner = Dictionary(uniqueKeysWithValues: projections.map { ($1, .weight($0)) })
            .merging(norms.map { ($1, .norm($0)) }) { first, _ in first }
    }

    /// What a GGUF tensor is, and its Hugging Face name, such as
    /// `model.layers.3.self_attn.q_proj.weight` for `blk.3.attn_q.weight`; nil for a tensor that models
    /// of the family do not have.
    func place(of name: String) -> (name: String, role: ParameterRole)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard let kind = parts.last else { return nil }
        switch parts.count {
        case 2: return named(outer[parts[0]], kind, layer: nil)
        case 4 where parts[0] == own.layers:
            guard let layer = Int(parts[1]), layer >= 0, String(layer) == parts[1] else {
                return nil
            }
            return named(inner[parts[2]], kind, layer: layer)
        default: return nil
        }
    }

    private func named(
        _ weight: ParameterRole?, _ kind: String, layer: Int?
    ) -> (name: String, role: ParameterRole)? {
        guard let role = kind == "weight" ? weight : kind == "bias" ? weight?.bias : nil else {
            return nil
        }
        return (names.name(role, layer: layer), role)
    }

    /// The Hugging Face name of a GGUF tensor; nil for one that models of the family do not have.
    package func huggingFaceName(_ name: String) -> String? { place(of: name)?.name }

    /// The other way around: `blk.3.attn_q.weight` for `model.layers.3.self_attn.q_proj.weight`.
    package func name(huggingFace name: String) -> String? {
        let layer = names.layer(of: name)
        let weights = layer == nil ? outer.values : inner.values
        let roles = weights.flatMap { [$0, $0.bias].compactMap { $0 } }
        return roles.first { names.name($0, layer: layer) == name }
            .map { own.name($0, layer: layer) }
    }
}

extension ParameterRole {
    /// What is added to what a weight makes; nil where nothing ever is.
    fileprivate var bias: ParameterRole? {
        switch self {
        case .weight(let projection): .bias(projection)
        case .norm(let place): .normBias(place)
        case .embedding, .head, .bias, .normBias: nil
        }
    }
}
