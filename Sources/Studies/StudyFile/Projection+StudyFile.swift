internal import Models
internal import Settings

/// The key `targets`: all, attention, mlp, or a list of q, k, v, qkv, o, gate, up, gate_up, down.
extension Projection {
    /// What a model has of these.
    private static let groups = ["all": allCases].merging(
        Group.allCases.map { group in
            (group.rawValue, allCases.filter(group.members.contains))
        }
    ) { $1 }

    static func read(_ arm: SettingsSection) -> [Projection] {
        let names = arm.texts("targets", default: ["all"])
        var chosen: Set<Projection> = []
        for name in names {
            if let group = groups[name] {
                chosen.formUnion(group)
            } else if let projection = Projection(rawValue: name) {
                chosen.insert(projection)
            } else {
                arm.problem(
                    "targets",
                    "`\(name)` is no layer; use all, attention, mlp or a list of "
                        + allCases.map(\.rawValue).joined(separator: ", "))
            }
        }
        if names.isEmpty { arm.problem("targets", "is empty; write all, or name layers") }
        return allCases.filter(chosen.contains)
    }

    static func text(_ targets: [Projection]) -> String {
        if let group = groups.first(where: { $0.value == targets }) { return group.key }
        return "[" + targets.map(\.rawValue).joined(separator: ", ") + "]"
    }
}
