/// When a trajectory is evaluated: every so many steps, and where curves move most more often.
extension Study.Evaluation {
    /// Powers of two, as most of the way is often covered within the first steps.
    private static let earlySteps = [1, 2, 4, 8, 16, 32]

    private var earlyPoints: [Int] { isEarly ? Self.earlySteps.filter { $0 < every } : [] }

    /// The first point after a step: the end of the slice that begins there.
    func point(after step: Int) -> Int {
        earlyPoints.first { $0 > step } ?? (step / every + 1) * every
    }

    /// The last point before a step above 0: the beginning of the slice that ends there.
    func point(before step: Int) -> Int {
        max(earlyPoints.last { $0 < step } ?? 0, (step - 1) / every * every)
    }

    /// Whether a slice ends at a step.
    func isPoint(_ step: Int) -> Bool { step.isMultiple(of: every) || earlyPoints.contains(step) }

    /// The steps at which a trajectory of some length is evaluated, that of the base first.
    package func steps(of length: Int) -> [Int] {
        var steps = [0]
        while let last = steps.last, last < length { steps.append(min(point(after: last), length)) }
        return steps
    }

    /// How many slices have ended by a step.
    func slices(by step: Int) -> Int { earlyPoints.count { $0 <= step } + step / every }
}
