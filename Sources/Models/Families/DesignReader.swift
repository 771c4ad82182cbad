internal import Kernels

/// Reads what a family's `config.json` says of its blocks, and collects what is wrong with it.
struct DesignReader {
    let values: [String: FileValue]
    let sizes: ModelSizes
    private var keys: KeyReader
    private var own: [String] = []

    var problems: [String] { keys.problems + own }

    init(_ values: [String: FileValue], sizes: ModelSizes) {
        self.values = values
        self.sizes = sizes
        keys = KeyReader(values)
    }

    mutating func add(_ problem: String) { own.append(problem) }

    mutating func flag(_ key: String, default usual: Bool = false) -> Bool {
        keys.optional(key, .flag) ?? usual
    }

    /// Nil where the file says null; the family's default where it is silent.
    mutating func integer(_ key: String, default usual: Int? = nil) -> Int? {
        values[key] == nil ? usual : keys.optional(key, .integer)
    }

    /// Nil where the file says null; the family's default where it is silent.
    mutating func number(_ key: String, default usual: Double? = nil) -> Double? {
        values[key] == nil ? usual : keys.optional(key, .number)
    }

    /// The same for a number that must be above 0.
    mutating func positive(_ key: String, default usual: Double? = nil) -> Double? {
        guard let value = number(key, default: usual) else { return nil }
        guard value > 0, value.isFinite else {
            add("\(key) is \(value), not above 0")
            return nil
        }
        return value
    }

    /// The function that transformers means by a name.
    mutating func activation(_ key: String, default usual: String) -> Activation {
        let name = keys.optional(key, .text) ?? usual
        switch name {
        case "silu", "swish": return .silu
        case "gelu", "gelu_python": return .gelu
        case "gelu_pytorch_tanh", "gelu_new", "gelu_fast", "gelu_accurate": return .geluTanh
        default:
            add("\(key) is \(name); only silu, gelu and gelu_pytorch_tanh are supported")
            return .silu
        }
    }

    mutating func rotation(_ form: RotaryKeys.Form = .init()) -> Rotation {
        rotation(RotaryKeys(values, form, headSize: sizes.headSize))
    }

    mutating func rotation(_ keys: RotaryKeys) -> Rotation {
        own += keys.problems
        return keys.rotation
    }
}

/// The numbers that a design is made for.
struct ModelSizes {
    let hiddenSize: Int
    let layerCount: Int
    let headSize: Int
    let contextLength: Int
}

/// What layers see.
extension DesignReader {
    /// A list for each layer is made for no more of them.
    private static let mostLayers = 1 << 16

    /// A window of at least 1; nil where there is none.
    mutating func window(default usual: Int? = nil) -> Int? {
        guard let window = integer("sliding_window", default: usual) else { return nil }
        if window < 1 { add("sliding_window is \(window), not above 0") }
        return max(1, window)
    }

    /// The design of layers by `layer_types`, or by the family's own rule where the file is silent.
    ///
    /// - Parameters:
    ///   - window: How many tokens a token sees in layers with a window; nil where no layer has one.
    ///   - slides: The family's rule for which layers have the window.
    ///   - rotation: How positions come into a layer, with or without window.
    /// - Returns: Llama's design with these layers.
    mutating func design(
        window: Int?, slides: (_ layer: Int) -> Bool = { _ in true },
        rotation: (_ layer: Int, _ slides: Bool) -> Rotation?
    ) -> ModelDesign {
        guard (1...Self.mostLayers).contains(sizes.layerCount) else {
            if sizes.layerCount > 0 {
                add("num_hidden_layers is \(sizes.layerCount), more than \(Self.mostLayers)")
            }
            return ModelDesign(AttentionKind(rotation: rotation(0, false)))
        }
        let types = layerTypes(hasWindow: window != nil)
        return ModelDesign(
            layers: (0..<sizes.layerCount).map { layer in
                let slides = types.map { $0[layer] } ?? (window != nil && slides(layer))
                return AttentionKind(
                    rotation: rotation(layer, slides), window: slides ? window : nil)
            })
    }

    /// Whether each layer has the window, as the file says it.
    private mutating func layerTypes(hasWindow: Bool) -> [Bool]? {
        guard let types = keys.optional("layer_types", .texts), !types.isEmpty else { return nil }
        let known = ["full_attention"] + (hasWindow ? ["sliding_attention"] : [])
        if let other = types.first(where: { !known.contains($0) }) {
            add(
                other == "sliding_attention"
                    ? "layer_types has \(other), but there is no sliding_window"
                    : "layer_types has \(other); only full_attention and sliding_attention are "
                        + "supported")
            return nil
        }
        guard types.count == sizes.layerCount else {
            add("layer_types has \(types.count) entries for \(sizes.layerCount) layers")
            return nil
        }
        return types.map { $0 == "sliding_attention" }
    }

    /// A family without windows: the key does nothing as long as no sequence is longer.
    mutating func refuseWindow() {
        guard let window = window(), window < sizes.contextLength else { return }
        add(
            "sliding_window is \(window), below max_position_embeddings \(sizes.contextLength), and "
                + "models of this type have none; remove the key")
    }

    /// 1 for every layer that is rotated, 0 for the others, as the file says it.
    mutating func rotatedLayers() -> [Bool]? {
        guard let value = values["no_rope_layers"], !value.isUnset else { return nil }
        guard let numbers = value.ints, numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            add("no_rope_layers is \(value), not a list of 0 and 1")
            return nil
        }
        guard numbers.count == sizes.layerCount else {
            add("no_rope_layers has \(numbers.count) entries for \(sizes.layerCount) layers")
            return nil
        }
        return numbers.map { $0 == 1 }
    }
}
