/// The tensors that a model of given sizes reads from a file: all of them, and no others.
struct TensorList {
    /// Tensors of older files that hold nothing of their own: what their names end with.
    ///
    /// The rotary embedding's frequencies follow from `rope_theta`, masks from the positions.
    private static let buffers = [
        ".rotary_emb.inv_freq", ".rotary_emb.cos_cached", ".rotary_emb.sin_cached",
        ".masked_bias",
    ]

    /// Parts of weights that are quantised as bitsandbytes, GPTQ, AWQ, compressed-tensors or MLX do.
    private static let quantised = [
        ".absmax", ".quant_map", ".qweight", ".qzeros", ".scales", ".g_idx", ".SCB",
        ".weight_scale", ".weight_scale_inv", ".weight_packed",
    ]

    private let configuration: ModelConfiguration
    private let shapes: ParameterShapes

    init(_ configuration: ModelConfiguration) {
        self.configuration = configuration
        shapes = ParameterShapes(configuration)
    }

    /// Whether the head is stored although it is the table; both must then be the same.
    func hasSpareHead(_ file: any WeightFile) -> Bool {
        configuration.tiesEmbeddings && file.shape(of: ParameterShapes.head) != nil
    }

    /// What is missing, of another shape, or not part of the model, by the file's own names.
    ///
    /// Nothing is read but the list of tensors, and no more is done than that list is long.
    func problems(in file: any WeightFile) -> [String] {
        let stored = file.tensorNames
        if let part = stored.first(where: Self.isQuantised) {
            return [
                "\(file.spelling(of: part)) is a part of quantised weights, which are not read; save "
                    + "the model dequantised, in float32, float16 or bfloat16, or as a GGUF file"
            ]
        }
        let layers = 1 + (stored.compactMap(Self.layer).max() ?? -1)
        guard layers == configuration.layerCount else { return [problem(layers, file)] }
        guard layers <= stored.count else {
            return ["a layer of \(layers) is missing: there are \(stored.count) tensors"]
        }
        let expected = names(file)
        let known = Set(expected)
        return expected.compactMap { file.problem(ofShape: shape(of: $0), $0) }
            + stored.filter { !known.contains($0) && !Self.isBuffer($0) }.map { name in
                "\(file.spelling(of: name)) has no place in the model"
            }
    }

    /// The shape of a tensor in files: vectors have one dimension.
    private func shape(of name: String) -> [Int] {
        let shape = shapes.shape(of: name)
        return name.hasSuffix("norm.weight") ? [shape.columns] : [shape.rows, shape.columns]
    }

    private func names(_ file: any WeightFile) -> [String] {
        let layers = (0..<configuration.layerCount).flatMap { layer in
            ParameterShapes.inLayer.map { ParameterShapes.prefix(ofLayer: layer) + $0 }
        }
        let hasHead = !configuration.tiesEmbeddings || hasSpareHead(file)
        return [ParameterShapes.embedding] + layers + [ParameterShapes.finalNorm]
            + (hasHead ? [ParameterShapes.head] : [])
    }

    private func problem(_ found: Int, _ file: any WeightFile) -> String {
        let key = ModelSetting.layerCount.name(in: file.format)
        let place =
            found == 0 ? "no layer" : found == 1 ? "layer 0 only" : "layers 0 to \(found - 1)"
        return "\(key) is \(configuration.layerCount), but the weights have \(place)"
    }

    /// The number of the layer that a tensor belongs to; nil for one outside the layers.
    private static func layer(of name: String) -> Int? {
        guard name.hasPrefix("model.layers.") else { return nil }
        return name.dropFirst("model.layers.".count).prefix { $0 != "." }.description.asLayer
    }

    private static func isQuantised(_ name: String) -> Bool {
        quantised.contains { name.hasSuffix($0) }
    }

    private static func isBuffer(_ name: String) -> Bool {
        buffers.contains { name.hasSuffix($0) }
    }
}

extension String {
    /// The number that they are, if it can be counted from.
    fileprivate var asLayer: Int? {
        Int(self).flatMap { (0..<Int(Int32.max)).contains($0) ? $0 : nil }
    }
}
