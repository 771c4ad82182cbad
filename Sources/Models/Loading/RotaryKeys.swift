/// How a `config.json` describes the rotary embedding.
///
/// transformers 4 wrote `rope_theta` and `rope_scaling`, transformers 5 writes `rope_parameters`,
/// whose own `rope_theta` comes before one beside it (`convert_rope_params_to_dict`).
struct RotaryKeys {
    /// What a family's files may say, and mean where they are silent.
    struct Form {
        /// The keys of the base outside the objects, the one that counts first.
        var outer = ["rope_theta"]
        var theta = 10_000.0
        /// The share of each head's channels that is turned.
        var part = 1.0
        /// The key of that share outside the objects; nil where a family always turns all.
        var partKey: String?
    }

    let rotation: Rotation
    let problems: [String]

    /// - Parameters:
    ///   - values: The keys of the file.
    ///   - form: What they mean.
    ///   - headSize: Channels of a head.
    ///   - older: The key of transformers 4's object.
    ///   - newer: The key of transformers 5's.
    init(
        _ values: [String: FileValue], _ form: Form = Form(), headSize: Int,
        older: String = "rope_scaling", newer: String = "rope_parameters"
    ) {
        let old = RotaryObject(values, older, form)
        let new = RotaryObject(values, newer, form)
        var reader = KeyReader(values)
        let outer = form.outer.compactMap { reader.optional($0, .number) }.first
        let part = form.partKey.flatMap { reader.optional($0, .number) }
        var problems = old.problems + new.problems
        if let inner = old.theta, let other = new.theta ?? outer, inner != other {
            problems.append(
                "\(older).rope_theta is \(inner), but \(other) beside it; keep the right one")
        }
        if let one = old.scaling, let other = new.scaling, one != other {
            problems.append("\(older) and \(newer) are not the same; keep the right one")
        }
        let share = new.part ?? old.part ?? part ?? form.part
        let channels = Self.channels(share, of: headSize)
        if channels == nil {
            problems.append(
                "\(form.partKey ?? "partial_rotary_factor") is \(share), which turns no even "
                    + "number of the \(headSize) channels of a head")
        }
        rotation = Rotation(
            theta: new.theta ?? old.theta ?? outer ?? form.theta,
            channels: channels == headSize ? nil : channels,
            scaling: new.scaling ?? old.scaling ?? .none)
        self.problems = reader.problems + problems
    }

    private static func channels(_ share: Double, of headSize: Int) -> Int? {
        guard share > 0, share <= 1 else { return nil }
        let channels = Int(Double(headSize) * share)
        // An odd size of a head is told of as such.
        return share == 1 || (channels > 0 && channels % 2 == 0) ? channels : nil
    }
}

/// One of the objects.
private struct RotaryObject {
    private(set) var theta: Double?
    private(set) var part: Double?
    /// Nil where there is no object.
    private(set) var scaling: Rotation.Scaling?
    private(set) var problems: [String] = []
    private let name: String

    init(_ values: [String: FileValue], _ name: String, _ form: RotaryKeys.Form) {
        self.name = name
        guard let value = values[name], value != .null else { return }
        guard let object = value.object else {
            problems = ["\(name) is \(value), not an object"]
            return
        }
        let keys = Dictionary(uniqueKeysWithValues: object.map { ("\(name).\($0)", $1) })
        var reader = KeyReader(keys)
        theta = reader.optional("\(name).rope_theta", .number)
        if form.partKey != nil { part = reader.optional("\(name).partial_rotary_factor", .number) }
        let type =
            reader.optional("\(name).rope_type", .text) ?? reader.optional("\(name).type", .text)
            ?? "default"
        guard let table = Self.tables[type] else {
            problems =
                reader.problems + [
                    "\(name).rope_type is \(type); only default, linear and llama3 are supported"
                ]
            return
        }
        scaling = readScaling(type, &reader)
        let whole = form.partKey == nil ? table.adding(Self.wholeHeads) : table
        problems += reader.problems + whole.problems(in: keys, below: "\(name).")
    }

    private mutating func readScaling(
        _ type: String, _ reader: inout KeyReader
    ) -> Rotation.Scaling {
        guard type != "default" else { return .none }
        func number(_ key: String) -> Double? { reader.required("\(name).\(key)", .number) }
        let factor = number("factor") ?? 1
        if !(factor >= 1 && factor.isFinite) {
            problems.append("\(name).factor is \(factor), not a number from 1 on")
        }
        guard type == "llama3" else { return .linear(factor: factor) }
        let (low, high) = (number("low_freq_factor") ?? 1, number("high_freq_factor") ?? 4)
        let context = reader.required("\(name).original_max_position_embeddings", .integer) ?? 1
        if !(low > 0 && high > low && high.isFinite) {
            problems.append(
                "\(name).high_freq_factor is \(high), not above low_freq_factor \(low) and 0")
        }
        if context < 1 {
            problems.append("\(name).original_max_position_embeddings is \(context)")
        }
        return .llama3(factor: factor, low: low, high: high, context: context)
    }

    private static let wholeHeads = KeyTable(idle: ["partial_rotary_factor": [.int(1)]])

    /// What the keys mean by the type; those that only scaling uses do nothing without it.
    private static let tables: [String: KeyTable] = [
        "default": common.adding(
            KeyTable(
                harmless: ["original_max_position_embeddings"], idle: ["factor": [.int(1)]])),
        "linear": common.adding(
            KeyTable(read: ["factor"], harmless: ["original_max_position_embeddings"])),
        "llama3": common.adding(
            KeyTable(read: [
                "factor", "low_freq_factor", "high_freq_factor",
                "original_max_position_embeddings",
            ])),
    ]

    private static let common = KeyTable(
        read: ["rope_theta", "rope_type", "type", "partial_rotary_factor"],
        idle: ["attention_factor": [.int(1)], "mscale": [.int(1)], "mscale_all_dim": [.int(0)]])
}
