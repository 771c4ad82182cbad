package import RunEvents

/// Which two numbers of a run are weighed, by the names of its metrics.
package struct VerdictAxes: Sendable, Equatable {
    /// Of the target: `loss`, `bits_per_byte`, `exact_match`, ...
    package var learn: String
    /// `forgetting`, or `retained_accuracy`.
    package var forget: String
    /// The target task; nil is the domain of a loss, and else the first task of the study.
    package var task: String?
    /// Differences of forgetting up to this one count as none; nil for the unit's own.
    package var tolerance: Double?

    package init(
        learn: String = "loss", forget: String = Self.forgetting, task: String? = nil,
        tolerance: Double? = nil
    ) {
        self.learn = learn
        self.forget = forget
        self.task = task
        self.tolerance = tolerance
    }

    /// The metrics that can be learned, and forgotten.
    package static let learned = MetricDefinition.all.filter {
        $0.kind == .target && $0.direction != .neutral
    }.map(\.name)
    package static let forgetting = "forgetting"
    package static let retainedAccuracy = "retained_accuracy"
    package static let forgotten = [forgetting, retainedAccuracy]

    /// The pairs of a metric and a task that can be learned in a run: losses of its domain, other numbers
    /// of each of its tasks.
    package static func learnable(in identity: RunIdentity) -> [(learn: String, task: String)] {
        learned.flatMap { name in
            isOfDomain(name)
                ? [(name, identity.domain)] : identity.targetTasks.map { (name, $0) }
        }
    }

    private static func isOfDomain(_ metric: String) -> Bool {
        [MetricDefinition.targetLoss, .bitsPerByte].contains { $0.name == metric }
    }

    /// What is measured for the axis of learning in a run.
    ///
    /// - Throws: `AxisError`.
    package func learnedMeasure(in identity: RunIdentity) throws -> MeasureKey {
        try learned(in: identity).value
    }

    /// The measures that an axis is made of: the one of its values, and those of its items.
    struct Measures {
        var axis: Axis
        let value: MeasureKey
        let items: [MeasureKey]
    }

    /// The axis of learning in a run: losses are of the domain, other numbers of a task.
    func learned(in identity: RunIdentity) throws -> Measures {
        let tasks = [identity.domain] + identity.targetTasks
        let task =
            task ?? (Self.isOfDomain(learn) ? identity.domain : identity.targetTasks.first ?? "")
        guard tasks.contains(task) else {
            throw AxisError.unknown(task, known: tasks)
        }
        let key = MeasureKey(kind: .target, task: task, metric: learn)
        guard let definition = Optional(identity).definition(of: key) else {
            throw AxisError.unknown(learn, known: Self.learned)
        }
        return Measures(
            axis: Axis(
                name: "\(task) \(Self.words(learn))", unit: definition.axisUnit,
                isHigherBetter: definition.direction == .higherIsBetter),
            value: key, items: [key])
    }

    /// The axis of forgetting in a run.
    func forgotten(in identity: RunIdentity) throws -> Measures {
        switch forget {
        case Self.forgetting:
            let key = MeasureKey(kind: .source, task: "text", metric: "loss")
            return Measures(
                axis: Axis(name: "forgetting", unit: .nats, tolerance: tolerance), value: key,
                items: [key])
        case Self.retainedAccuracy:
            return Measures(
                axis: Axis(
                    name: "retained accuracy", unit: .points, isHigherBetter: true,
                    tolerance: tolerance),
                value: MeasureKey(kind: .source, task: "", metric: forget),
                items: identity.sourceTasks.map {
                    MeasureKey(kind: .source, task: $0, metric: "acc")
                })
        default: throw AxisError.unknown(forget, known: Self.forgotten)
        }
    }

    private static func words(_ metric: String) -> String {
        String(metric.map { $0 == "_" ? " " : $0 })
    }
}

extension MetricDefinition {
    fileprivate var axisUnit: Axis.Unit {
        values == .share ? .points : unit == Self.bitsPerByte.unit ? .bits : .nats
    }
}

/// Why a number cannot be weighed.
package enum AxisError: Error, Equatable, CustomStringConvertible {
    case unknown(String, known: [String])

    package var description: String {
        switch self {
        case .unknown(let name, let known):
            "nothing called \(name) can be weighed here; there is \(known.joined(separator: ", "))"
        }
    }
}
