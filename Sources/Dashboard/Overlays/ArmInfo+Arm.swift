import RunEvents

/// The details of an arm with several trajectories.
extension ArmInfo {
    /// What they have in common, what they come to together, and a line each.
    func summary(of own: [ArmRecord], _ scene: Scene) -> [(String, String)] {
        let group = ArmGroup(trajectories: own)
        let row = ArmRow(group, best: scene.best(of: group))
        let plan = own[0].identity.map { shared(own[0], $0) } ?? []
        return plan + grid(of: own.compactMap(\.identity)) + together(row, scene)
            + own.map { ("  " + $0.label(among: own), Self.line(of: $0, scene)) }
    }

    /// The rates, lengths and seeds.
    private func grid(of all: [ArmIdentity]) -> [(String, String)] {
        let rates = Set(all.map(\.learningRate)).sorted().map(NumberText.exactRate)
        let steps = Set(all.map(\.plannedSteps)).sorted().map { String($0) }
        let seeds = Set(all.map(\.seed)).sorted().map { String($0) }
        return [
            ("planned", "\(steps.joined(separator: ", ")) steps"),
            ("seeds", seeds.joined(separator: ", ")),
            ("planned lr", rates.joined(separator: ", ")),
        ]
    }

    private func together(_ row: ArmRow, _ scene: Scene) -> [(String, String)] {
        let best = row.learningRate.map(NumberText.exactRate) ?? "-"
        let measures = [scene.learn.choice, scene.forget.choice].map { choice in
            let text =
                scene.reading(of: choice, row: row, atCursor: false)
                .map { NumberText.value($0.value) } ?? "-"
            return "\(choice.title) \(text)"
        }
        let seconds = row.trajectories.reduce(0) { $0 + $1.seconds }
        return [
            ("state", scene.standing(of: row).text),
            ("done", "\(row.doneText), \(row.stepText) steps"),
            (
                "best lr",
                "\(best), mean of \(row.seedsText) seeds: " + measures.joined(separator: ", ")
            ),
            ("tokens", NumberText.count(Double(row.trajectories.map(\.tokens).saturatingSum))),
            ("time", NumberText.duration(seconds)),
            ("last command", row.command?.text ?? "none"),
        ]
    }

    /// A trajectory: its state, its step, and what it has learned and forgotten.
    private static func line(of arm: ArmRecord, _ scene: Scene) -> String {
        let row = ArmRow(arm)
        let values = [scene.learn.choice, scene.forget.choice].map {
            scene.reading(of: $0, row: row, atCursor: false).map { NumberText.value($0.value) }
                ?? "-"
        }
        return "\(scene.standing(of: arm).text) \(row.stepText), "
            + "\(scene.learn.choice.heading) \(values[0]), "
            + "\(scene.forget.choice.heading) \(values[1])"
    }
}
