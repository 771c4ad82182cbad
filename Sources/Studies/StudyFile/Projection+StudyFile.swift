internal import Models

/// The key `targets`: all, attention, mlp, or a list of q, k, v, o, gate, up, down.
extension Projection {
    private static let attention: [Projection] = [.q, .k, .v, .o]
    private static let mlp: [Projection] = [.gate, .up, .down]

    private static let groups = ["all": allCases, "attention": attention, "mlp": mlp]

    static func read(_ arm: StudySection) -> [Projection] {
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
