package import Models

/// A method of fine-tuning with its own settings.
///
/// A new method is a case here, a struct with its keys, and a line in each of the switches.
package enum MethodSettings: Sendable, Equatable {
    /// Every weight is trained.
    case full
    case lora(LoRASettings)

    package enum Name: String, Sendable, CaseIterable { case full, lora }

    package var name: Name {
        switch self {
        case .full: .full
        case .lora: .lora
        }
    }

    /// The adapter's rank; nil for methods without one.
    package var rank: Int? {
        switch self {
        case .full: nil
        case .lora(let settings): settings.rank
        }
    }

    /// Reads the method's own keys of an arm.
    init(_ name: Name, _ arm: StudySection) {
        switch name {
        case .full: self = .full
        case .lora: self = .lora(LoRASettings(arm))
        }
    }

    /// The method's own keys, as YAML in the order of the file format.
    var keys: [(key: String, value: String)] {
        switch self {
        case .full: []
        case .lora(let settings): settings.keys
        }
    }
}

/// Settings of low-rank adaptation.
package struct LoRASettings: Sendable, Equatable {
    /// 1 or more; how it compares with a layer's size is known only with the model.
    package var rank: Int
    /// The update is scaled by alpha / rank; 2 * rank by default.
    package var alpha: Double
    /// Probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// The layers that get an adapter, in the order of `Projection.allCases`; all by default.
    package var targets: [Projection]

    package init(rank: Int, alpha: Double, dropout: Double, targets: [Projection]) {
        self.rank = rank
        self.alpha = alpha
        self.dropout = dropout
        self.targets = targets
    }

    init(_ arm: StudySection) {
        rank = arm.integer("rank", in: 1...65_536)
        alpha = arm.number("alpha", default: Double(2 * rank), .positive)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    fileprivate var keys: [(key: String, value: String)] {
        [
            ("rank", String(rank)), ("alpha", String(alpha)), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }
}

extension Projection {
    private static let attention: [Projection] = [.q, .k, .v, .o]
    private static let mlp: [Projection] = [.gate, .up, .down]

    private static let groups = ["all": allCases, "attention": attention, "mlp": mlp]

    fileprivate static func read(_ arm: StudySection) -> [Projection] {
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

    fileprivate static func text(_ targets: [Projection]) -> String {
        if let group = groups.first(where: { $0.value == targets }) { return group.key }
        return "[" + targets.map(\.rawValue).joined(separator: ", ") + "]"
    }
}
