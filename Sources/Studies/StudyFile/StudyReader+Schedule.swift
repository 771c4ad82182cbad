internal import Settings
import Training

/// How long the arms are trained, when they are scored and saved, and with which seeds.
extension StudyReader {
    func training(_ section: SettingsSection) -> Study.Training {
        let clip = section.number("gradient_clip", default: 1, .notNegative)
        let training = Study.Training(
            lengths: section.integers(oneOrMore: "steps", in: 1...Self.most),
            batchSize: section.integer("batch_size", default: 16, in: 1...65_536),
            sequenceLength: section.integer("sequence_length", default: 128, in: 2...1_048_576),
            warmupSteps: section.integer("warmup_steps", default: 0, in: 0...Self.most),
            schedule: section.choice("schedule", default: .cosine),
            gradientClip: clip == 0 ? nil : clip,
            optimizer: OptimizerSettings(section))
        section.finish()
        return training
    }

    /// The warm-up must end within every length that arms take from the study.
    func checkWarmup(_ training: Study.Training, of arms: [Study.Arm], _ section: SettingsSection) {
        let shortest = training.lengths.min() ?? 1
        guard training.warmupSteps > shortest,
            arms.contains(where: { $0.lengths == training.lengths })
        else { return }
        section.problem(
            "warmup_steps", "is \(training.warmupSteps), more than the \(shortest) steps")
    }

    func evaluation(_ section: SettingsSection, steps: Int) -> Study.Evaluation {
        let evaluation = Study.Evaluation(
            every: section.integer("every", default: min(20, steps), in: 1...Self.most),
            isEarly: section.flag("early", default: !isStored),
            limit: section.optionalInteger("limit", in: 1...Self.most),
            generateLimit: section.optionalInteger("generate_limit", in: 1...Self.most),
            shots: shots(section), finalLimit: finalLimit(section))
        checkInterval(evaluation.every, section, steps: steps)
        section.finish()
        return evaluation
    }

    private func shots(_ section: SettingsSection) -> [String: Int] {
        let names = section.value("shots")?.entries?.map(\.key) ?? []
        let shots = section.section("shots")
        defer { shots.finish() }
        let counts = names.map { ($0, shots.integer($0, default: 0, in: 0...1000)) }
        return Dictionary(counts) { first, _ in first }
    }

    /// The key `final_limit`: a number above `limit`, or `all`.
    private func finalLimit(_ section: SettingsSection) -> Study.FinalLimit? {
        guard let value = section.value("final_limit") else { return nil }
        let limit = section.value("limit")
        guard let limit else {
            section.problem(
                "final_limit", "needs `limit`; without one all items are measured anyway")
            return nil
        }
        if value.text == "all" { return .all }
        guard
            let number = SettingsSection.integer(
                value, in: 1...Self.most, { section.problem("final_limit", $0 + ", and not `all`") }
            )
        else { return nil }
        if let least = limit.text.flatMap({ Int($0) }), number <= least {
            section.problem("final_limit", "is \(number), not more than the `limit` of \(least)")
        }
        return .items(number)
    }

    func checkpoints(
        _ section: SettingsSection, every fallback: Int, steps: Int
    ) -> Study.Checkpoints {
        let checkpoints = Study.Checkpoints(
            every: section.integer("every", default: min(fallback, steps), in: 1...Self.most),
            keep: section.integer("keep", default: 2, in: 1...Self.most))
        checkInterval(checkpoints.every, section, steps: steps)
        section.finish()
        return checkpoints
    }

    private func checkInterval(_ every: Int, _ section: SettingsSection, steps: Int) {
        guard every > steps else { return }
        section.problem("every", "is \(every), more than the \(steps) steps; make it smaller")
    }

    func seeds() -> [UInt64] {
        let seeds = root.integers("seeds", default: [0], in: 0...Int.max)
        if root.value("seeds")?.items?.isEmpty == true {
            root.problem("seeds", "is empty; write [0]")
        }
        var known: Set<Int> = []
        return seeds.filter { seed in
            if known.insert(seed).inserted { return true }
            root.problem("seeds", "names \(seed) twice")
            return false
        }.map { UInt64($0) }
    }

    /// The key that a run's stored study has when seeds were added to it.
    func addedSeeds(beside seeds: [UInt64]) -> [UInt64] {
        let added = root.integers("added_seeds", default: [], in: 0...Int.max).map { UInt64($0) }
        var known = Set(seeds)
        return added.filter { seed in
            if known.insert(seed).inserted { return true }
            root.problem("added_seeds", "names \(seed), which is there already")
            return false
        }
    }

    /// The key `budget`; nil if there is none.
    func budget() -> Study.Budget? {
        guard root.value("budget") != nil else { return nil }
        let section = root.section("budget")
        let budget = Study.Budget(
            forgetting: section.number("forgetting", .positive),
            consequence: section.choice("then", default: .alert))
        section.finish()
        if root.section("source").value("text") == nil {
            root.problem("budget", "needs a held-out text to measure forgetting; add `source.text`")
        }
        return budget
    }
}
