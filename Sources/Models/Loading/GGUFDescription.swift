/// What the metadata of a GGUF file say of a model, in the words of `config.json`.
struct GGUFDescription {
    /// The keys of `config.json`.
    private(set) var values: [String: FileValue] = [:]
    private let file: GGUFFile
    private let family: Family
    private let form: GGUFForm
    private var reader: KeyReader
    private var own: [String] = []

    /// Everything that is missing or not computed, by the names in the file.
    var problems: [String] {
        reader.problems
            + GGUFKeys.model.adding(form.keys).adding(KeyTable(read: [form.epsilonKey]))
            .problems(in: file.metadata, below: "\(form.architecture).") + own
    }

    init(_ file: GGUFFile, _ family: Family, _ form: GGUFForm) {
        self.file = file
        self.family = family
        self.form = form
        reader = KeyReader(file.metadata)
        self["model_type"] = .string(family.modelType)
        self["torch_dtype"] = .string("float32")
        guard let sizes = readSizes() else { return }
        readRotation(headSize: sizes.headSize)
        if !form.hasWindow { refuseWindow(below: sizes.contextLength) }
        readTokens()
        form.describe(&self)
    }

    /// A key of `config.json`.
    subscript(key: String) -> FileValue? {
        get { values[key] }
        set { values[key] = newValue }
    }

    // MARK: - What the file says

    /// A key below the architecture's name, as it stands in the file.
    func name(_ key: String) -> String { "\(form.architecture).\(key)" }

    func value(_ key: String) -> FileValue? { file.metadata[name(key)] }

    mutating func integer(_ key: String) -> Int? { reader.optional(name(key), .integer) }

    mutating func number(_ key: String) -> Double? { reader.optional(name(key), .number) }

    mutating func flag(required key: String) -> Bool? { reader.required(name(key), .flag) }

    mutating func add(_ problem: String) { own.append(problem) }

    /// Whether the first layer has a tensor.
    func has(_ role: ParameterRole) -> Bool {
        file.shape(of: family.names.name(role, layer: 0)) != nil
    }

    /// A key that says again what is known.
    private mutating func check(_ key: String, repeats number: Int) {
        guard let value = value(key), !value.means(.int(number)) else { return }
        add("\(name(key)) is \(value); only \(number) is supported")
    }

    // MARK: - Sizes

    private mutating func readSizes() -> (headSize: Int, contextLength: Int)? {
        func key(_ setting: ModelSetting) -> String { name(setting.ggufKey) }
        let required: [ModelSetting] = [
            .hiddenSize, .intermediateSize, .layerCount, .headCount, .maxSequenceLength,
        ]
        for setting in required {
            self[setting.key(in: .huggingFace)] = reader.required(key(setting), .integer)
                .map { .int($0) }
        }
        let kvHeads = reader.optional(key(.kvHeadCount), .integer)
        let headSize = reader.optional(key(.headSize), .integer)
        self[family.epsilonKey] = reader.required(name(form.epsilonKey), .number)
            .map { .rounded($0) }
        guard let hidden = self["hidden_size"]?.int, let heads = self["num_attention_heads"]?.int,
            let context = self["max_position_embeddings"]?.int
        else { return nil }
        put(.kvHeadCount, kvHeads ?? heads, unless: family.kvHeadCount ?? heads)
        let share = hidden / max(1, heads)
        put(.headSize, headSize ?? share, unless: family.headSize ?? share)
        readVocabulary()
        check("attention.value_length", repeats: headSize ?? share)
        return (headSize ?? share, context)
    }

    private mutating func put(_ setting: ModelSetting, _ size: Int, unless usual: Int) {
        if size != usual { self[setting.key(in: .huggingFace)] = .int(size) }
    }

    /// The table has a row for each token, whatever a key says.
    private mutating func readVocabulary() {
        let rows = file.shape(of: family.names.name(.embedding, layer: nil))?.first
        let count = rows ?? integer("vocab_size") ?? 1
        self["vocab_size"] = .int(count)
        check("vocab_size", repeats: count)
        self["tie_word_embeddings"] = .bool(
            file.shape(of: family.names.name(.head, layer: nil)) == nil)
    }

    private mutating func readTokens() {
        func token(_ name: String) -> Int? { file.metadata["tokenizer.ggml.\(name)_token_id"]?.int }
        self["bos_token_id"] = token("bos").map { .int($0) } ?? .null
        self["eos_token_id"] = token("eos").map { .int($0) } ?? .null
        let padding = token("padding") ?? family.paddingToken
        let rows = self["vocab_size"]?.int ?? 0
        self["pad_token_id"] =
            padding.flatMap { (0..<max(0, rows)).contains($0) ? .int($0) : nil } ?? .null
    }

    // MARK: - Layers

    /// How many tokens a token sees in layers with a window; nil for all.
    mutating func window(default usual: Int? = nil) -> Int? {
        let window = integer("attention.sliding_window") ?? usual
        if let window, window < 0 { add("\(name("attention.sliding_window")) is \(window)") }
        return window == 0 ? nil : window
    }

    private mutating func refuseWindow(below context: Int) {
        guard let window = value("attention.sliding_window"), !window.means(.int(0)),
            window.int ?? 0 < context
        else { return }
        add(
            "\(name("attention.sliding_window")) is \(window), below the context: models of this "
                + "architecture have no window here")
    }

    /// Which layers have the window: so many of each period but the last, or a flag for each.
    mutating func putLayerTypes(period usual: Int) {
        let key = "attention.sliding_window_pattern"
        let layers = self["num_hidden_layers"]?.int ?? 0
        guard (1...1 << 16).contains(layers) else { return }
        func put(_ slides: [Bool]) {
            self["layer_types"] = .array(
                slides.map { .string($0 ? "sliding_attention" : "full_attention") })
        }
        guard let value = value(key) else {
            return put((0..<layers).map { $0 % usual < usual - 1 })
        }
        if let period = value.int, period > 0 {
            put((0..<layers).map { $0 % period < period - 1 })
        } else if let flags = value.array?.compactMap(\.bool), flags.count == layers {
            put(flags)
        } else {
            add("\(name(key)) is \(value), neither a period nor a flag for each layer")
        }
    }

    /// Biases that are there or not, as tensors are.
    mutating func putBiases() {
        for (key, projection) in [("attention_bias", Projection.q), ("mlp_bias", .gate)]
        where has(.bias(projection)) {
            self[key] = .bool(true)
        }
    }

    // MARK: - Rotation

    private mutating func readRotation(headSize: Int) {
        self[form.thetaKey] = .rounded(number(ModelSetting.ropeTheta.ggufKey) ?? 10_000)
        let channels = integer("rope.dimension_count") ?? headSize
        if let key = form.partKey {
            self[key] = .float(Self.share(channels, of: headSize))
        } else {
            check("rope.dimension_count", repeats: headSize)
        }
        let linear = linearScaling()
        let factors = rotaryFactors(headSize: headSize)
        if linear != nil, factors != nil {
            add("\(name("rope.scaling.factor")) and \(RotaryFactors.tensor) are both there")
        }
        self["rope_scaling"] = linear ?? factors
    }

    /// The share of which so many channels are left when it is multiplied and rounded down.
    private static func share(_ channels: Int, of headSize: Int) -> Double {
        let share = Double(channels) / Double(max(1, headSize))
        return Double(headSize) * share < Double(channels) ? share.nextUp : share
    }

    /// A factor means linear scaling where the file names no type.
    private mutating func linearScaling() -> FileValue? {
        let type = reader.optional(name("rope.scaling.type"), .text) ?? "linear"
        guard type != "none" else { return nil }
        guard type == "linear" else {
            add("\(name("rope.scaling.type")) is \(type); only none and linear are supported")
            return nil
        }
        let factor = number("rope.scaling.factor") ?? number("rope.scale_linear") ?? 1
        guard factor != 0, factor != 1 else { return nil }
        guard factor > 1, factor.isFinite else {
            add("\(name("rope.scaling.factor")) is \(factor), not a number from 1 on")
            return nil
        }
        return .object(["rope_type": .string("linear"), "factor": .rounded(factor)])
    }

    private mutating func rotaryFactors(headSize: Int) -> FileValue? {
        guard form.hasRotaryFactors, let shape = file.shape(of: RotaryFactors.tensor) else {
            return nil
        }
        guard shape == [headSize / 2], let factors = try? file.readFloats(RotaryFactors.tensor),
            let theta = self[form.thetaKey]?.float
        else {
            add("\(RotaryFactors.tensor) has shape \(shape), expected [\(headSize / 2)]")
            return nil
        }
        let rotation = Rotation(theta: theta)
        guard
            let scaling = RotaryFactors(
                factors.map { Double($0) }, of: rotation.frequencies(headSize: headSize),
                context: integer("rope.scaling.original_context_length"))
        else {
            add("\(RotaryFactors.tensor) is no scaling as Llama 3's, and only that is supported")
            return nil
        }
        return scaling.object
    }
}

extension FileValue {
    /// A number of 32 bits as it was meant.
    static func rounded(_ value: Double) -> FileValue {
        guard value.isFinite, let short = Double("\(Float(value))"), Float(short) == Float(value)
        else { return .float(value) }
        return .float(short)
    }
}
