/// How a `config.json` describes the rotary embedding.
///
/// transformers 4 wrote `rope_theta` and `rope_scaling`, transformers 5 writes `rope_parameters`,
/// whose own `rope_theta` comes before one beside it (`convert_rope_params_to_dict`).
struct RotaryKeys {
    /// The base of the angles.
    let theta: Double
    let problems: [String]

    /// The base of a file that names none.
    private static let usualTheta = 10_000.0

    /// The keys of both objects; those that only scaling uses do nothing without it.
    private static let table = KeyTable(
        read: ["rope_theta"],
        harmless: ["original_max_position_embeddings"],
        idle: [
            "rope_type": [.string("default")], "type": [.string("default")],
            "factor": [.int(1)], "partial_rotary_factor": [.int(1)],
            "attention_factor": [.int(1)], "mscale": [.int(1)], "mscale_all_dim": [.int(0)],
        ])

    init(_ values: [String: FileValue]) {
        var problems: [String] = []
        func theta(_ keys: [String: FileValue], _ name: String) -> Double? {
            var reader = KeyReader(keys)
            let theta = reader.optional("rope_theta", .number)
            problems += reader.problems.map { name + $0 }
            return theta
        }
        func inner(_ key: String) -> Double? {
            guard let value = values[key], value != .null else { return nil }
            guard let object = value.object else {
                problems.append("\(key) is \(value), not an object")
                return nil
            }
            problems += Self.table.problems(in: object).map { "\(key).\($0)" }
            return theta(object, key + ".")
        }
        let outer = theta(values, "")
        let (older, newer) = (inner("rope_scaling"), inner("rope_parameters"))
        if let older, let other = newer ?? outer, older != other {
            problems.append(
                "rope_scaling.rope_theta is \(older), but \(other) beside it; keep the right one")
        }
        self.theta = newer ?? older ?? outer ?? Self.usualTheta
        self.problems = problems
    }
}
