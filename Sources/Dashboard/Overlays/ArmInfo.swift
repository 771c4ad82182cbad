import RunEvents

/// Everything known of one trajectory, or of an arm with all of its trajectories, that fits no table.
struct ArmInfo: Sendable, Equatable {
    let arm: ArmLine
    private var scroll = ScrolledLines()

    /// Columns of the names, and of a value before it goes on in the next line.
    private static let (nameColumns, valueColumns) = (15, 58)

    init(arm: ArmLine) { self.arm = arm }

    mutating func handle(_ action: Action, scene: Scene, page: Int) {
        scroll.handle(action, count: lines(scene).count, page: page)
    }

    func draw(in screen: Region, on grid: inout CellGrid, scene: Scene) {
        let lines = lines(scene)
        guard !lines.isEmpty else { return }
        scroll.draw(lines, title: "ARM  " + arm.name, in: screen, on: &grid, scene: scene)
    }

    private func lines(_ scene: Scene) -> [StyledText] {
        let own = scene.history.arms(of: arm)
        if own.count > 1 { return lines(of: summary(of: own, scene)) }
        guard let record = own.first else { return [] }
        let state = [("state", scene.standing(of: record).text)]
        return lines(of: plan(record) + state + progress(record) + checkpoints(record))
    }

    private func lines(of entries: [(String, String)]) -> [StyledText] {
        entries.flatMap { name, value in
            Self.wrapped(value).enumerated().map { index, part in
                var line = StyledText(
                    DisplayText.padded(index == 0 ? name : "", width: Self.nameColumns),
                    CellStyle(.dim))
                line.append(part)
                return line
            }
        }
    }

    /// What was chosen for the arm.
    private func plan(_ arm: ArmRecord) -> [(String, String)] {
        guard let identity = arm.identity else { return [] }
        return shared(arm, identity) + [
            ("planned", "\(identity.plannedSteps) steps, seed \(identity.seed)"),
            ("planned lr", plannedRate(arm, identity)),
        ]
    }

    /// What an arm's trajectories have in common.
    func shared(_ arm: ArmRecord, _ identity: ArmIdentity) -> [(String, String)] {
        let settings = identity.settings
        let share = arm.trainableShare.map { ", " + NumberText.percent($0) } ?? ""
        return [
            ("method", arm.method), ("settings", settings?.method ?? ""),
            (
                "trainable",
                "\(NumberText.count(Double(identity.trainableParameters))) of "
                    + NumberText.count(Double(identity.totalParameters)) + share
            ),
            ("loss mask", settings?.lossMask ?? "not told by this run"),
            ("data", settings?.data ?? "not told by this run"),
            ("optimizer", identity.optimizer ?? "not told by this run"),
            ("schedule", settings?.schedule ?? ""),
        ].filter { !$0.1.isEmpty }
    }

    private func plannedRate(_ arm: ArmRecord, _ identity: ArmIdentity) -> String {
        let planned = NumberText.learningRate(identity.learningRate)
        guard let step = arm.peakChange, let peak = arm.peakLearningRate else { return planned }
        return "\(planned), \(NumberText.exactRate(peak)) since step \(step)"
    }

    /// How far the arm has come, and at what cost.
    private func progress(_ arm: ArmRecord) -> [(String, String)] {
        let training = NumberText.duration(arm.trainingSeconds)
        let evaluation = NumberText.duration(max(0, arm.seconds - arm.trainingSeconds))
        return [
            ("step", String(arm.step)),
            ("tokens", NumberText.count(Double(arm.tokens))),
            (
                "time",
                "\(NumberText.duration(arm.seconds)): training \(training), evaluation \(evaluation)"
            ),
            ("memory", arm.memory),
            ("lr now", arm.learningRate.map(NumberText.learningRate) ?? "-"),
            ("last command", arm.command?.text ?? "none"),
        ]
    }

    private func checkpoints(_ arm: ArmRecord) -> [(String, String)] {
        [("checkpoints", String(arm.checkpoints.count))]
            + arm.checkpoints.suffix(5).map {
                ("  @\($0.step)", "\($0.path)  \(NumberText.count(Double($0.bytes)))B")
            }
    }

    /// The parts of a list, as many on a line as fit a narrow screen.
    private static func wrapped(_ text: String) -> [String] {
        text.split(separator: ", ", omittingEmptySubsequences: false).reduce(into: []) {
            lines, part in
            if let last = lines.last, last.count + part.count + 2 <= valueColumns {
                lines[lines.count - 1] = last + ", " + part
            } else {
                if !lines.isEmpty { lines[lines.count - 1] += "," }
                lines.append(String(part))
            }
        }
    }
}

extension ArmRecord {
    /// What the arm itself needs, and the largest size of the process when it was last evaluated.
    fileprivate var memory: String {
        let parts = [
            (MetricDefinition.armBytes, "of its own"), (.peakBytes, "the process's peak by then"),
        ].compactMap { measure, words in
            trajectory.curve(measure)?.latest.map { "\(NumberText.count($0.value))B \(words)" }
        }
        return parts.isEmpty ? "-" : parts.joined(separator: ", ")
    }
}
