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

    init(_ configuration: ModelConfiguration) { self.configuration = configuration }

    /// Whether the head is stored although it is the table; both must then be the same.
    func hasSpareHead(_ file: any WeightFile) -> Bool {
        configuration.tiesEmbeddings && file.shape(of: head.name) != nil
    }

    private var head: ParameterDeclaration { configuration.declaration(.head) }

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
        let layers = 1 + (stored.compactMap(configuration.family.names.layer).max() ?? -1)
        guard layers == configuration.layerCount else { return [problem(layers, file)] }
        guard layers <= stored.count else {
            return ["a layer of \(layers) is missing: there are \(stored.count) tensors"]
        }
        let expected = configuration.parameters + (hasSpareHead(file) ? [head] : [])
        let known = Set(expected.map(\.name))
        return expected.compactMap { file.problem(ofShape: $0.storedShape, $0.name) }
            + stored.filter { !known.contains($0) && !isBuffer($0) }.map { name in
                "\(file.spelling(of: name)) has no place in the model"
            }
    }

    private func problem(_ found: Int, _ file: any WeightFile) -> String {
        let key = ModelSetting.layerCount.name(in: file.format)
        let place =
            found == 0 ? "no layer" : found == 1 ? "layer 0 only" : "layers 0 to \(found - 1)"
        return "\(key) is \(configuration.layerCount), but the weights have \(place)"
    }

    private static func isQuantised(_ name: String) -> Bool {
        quantised.contains { name.hasSuffix($0) }
    }

    private func isBuffer(_ name: String) -> Bool {
        (Self.buffers + configuration.family.names.buffers).contains { name.hasSuffix($0) }
    }
}
