import Datasets
import Training

extension Study {
    /// The study as YAML, every default written out; it reads back as an equal study.
    package func yaml() -> String {
        let groups = [
            Self.lines(ownKeys),
            optimizerNotes,
            ["arms:"],
            arms.map { "  - " + Self.flow(Self.keys($0)) },
        ]
        return groups.joined().joined(separator: "\n") + "\n"
    }

    private var ownKeys: Keys {
        [
            ("schemaVersion", "1"), ("name", Self.quoted(name)),
            ("question", question.map(Self.quoted)), ("base", Self.quoted(base)),
            ("target", Self.flow(targetKeys)), ("source", Self.flow(sourceKeys)),
            ("loss_mask", lossMask.description), ("train", Self.flow(trainingKeys)),
            ("evaluate", Self.flow(evaluationKeys)),
            ("checkpoint", "{ every: \(checkpoints.every), keep: \(checkpoints.keep) }"),
            ("seeds", Self.list(seeds.map(String.init))),
            ("on_divergence", onDivergence.rawValue),
            ("added_seeds", addedSeeds.isEmpty ? nil : Self.list(addedSeeds.map(String.init))),
            ("memory", memory.map { MemorySize(bytes: $0).description }),
            (
                "budget",
                budget.map { "{ forgetting: \($0.forgetting), then: \($0.consequence.rawValue) }" }
            ),
        ]
    }

    private static func lines(_ keys: Keys) -> [String] {
        keys.compactMap { key, value in value.map { "\(key): \($0)" } }
    }

    /// What each optimiser in use is, as comments.
    private var optimizerNotes: [String] {
        arms.map { "# " + $0.optimizer.description }.reduce(into: []) { notes, note in
            if !notes.contains(note) { notes.append(note) }
        }
    }

    private typealias Keys = [(key: String, value: String?)]

    private var targetKeys: Keys {
        [
            ("domain", Self.quoted(target.domain)), ("regime", target.regime.rawValue),
            ("train", Self.oneOrList(target.train.map(Self.data))),
            ("train_limit", target.trainLimit.map { String($0) }),
            ("evaluation", target.evaluation.map(Self.data)),
            ("tasks", Self.list(target.tasks.map(Self.quoted))),
            ("prompts", target.prompts == .template ? nil : target.prompts.rawValue),
            ("data", target.data.map(Self.quoted)),
            ("template", Self.quoted(target.template.rawValue)),
            ("show_tests", String(target.shownTests)),
        ]
    }

    private var sourceKeys: Keys {
        [
            ("tasks", Self.list(source.tasks.map(Self.quoted))),
            ("text", source.text.map(Self.quoted)), ("data", source.data.map(Self.quoted)),
        ]
    }

    private var trainingKeys: Keys {
        [
            ("steps", Self.oneOrList(training.lengths.map(String.init))),
            ("batch_size", String(training.batchSize)),
            ("sequence_length", String(training.sequenceLength)),
            ("warmup_steps", String(training.warmupSteps)),
            ("schedule", training.schedule.rawValue),
            ("gradient_clip", String(training.gradientClip ?? 0)),
        ] + training.optimizer.keys.map { ($0.key, $0.value) }
    }

    private var evaluationKeys: Keys {
        [
            ("every", String(evaluation.every)), ("early", String(evaluation.isEarly)),
            ("limit", evaluation.limit.map { String($0) }),
            ("generate_limit", evaluation.generateLimit.map { String($0) }),
            ("shots", evaluation.shots.isEmpty ? nil : shots),
            ("final_limit", evaluation.finalLimit?.description),
        ]
    }

    private var shots: String {
        Self.flow(
            evaluation.shots.sorted { $0.key < $1.key }.map {
                (Self.quoted($0.key), String($0.value))
            })
    }

    private static func keys(_ arm: Arm) -> Keys {
        [("name", quoted(arm.name)), ("method", arm.method.name.rawValue)]
            + (arm.method.keys + arm.embeddings.keys(method: arm.method.name))
            .map { ($0.key, $0.value) }
            + [
                ("loss_mask", arm.lossMask.description),
                ("learning_rate", oneOrList(arm.learningRates.map { String($0) })),
                (
                    "added_learning_rates",
                    arm.addedLearningRates.isEmpty
                        ? nil : list(arm.addedLearningRates.map { String($0) })
                ),
                ("steps", oneOrList(arm.lengths.map(String.init))),
                ("seed", arm.seed.map { String($0) }),
            ] + arm.optimizer.keys.map { ($0.key, $0.value) }
    }

    private static func flow(_ keys: Keys) -> String {
        let pairs = keys.compactMap { key, value in value.map { "\(key): \($0)" } }
        return "{ " + pairs.joined(separator: ", ") + " }"
    }

    private static func data(_ data: StudyData) -> String {
        guard let rows = data.rows else { return quoted(data.path) }
        let range: Keys = [
            ("field", quoted(rows.field)), ("from", String(rows.range.lowerBound)),
            ("to", String(rows.range.upperBound)),
        ]
        return flow([("file", quoted(data.path)), ("rows", flow(range))])
    }

    private static func oneOrList(_ items: [String]) -> String {
        items.count == 1 ? items[0] : list(items)
    }

    private static func list(_ items: [String]) -> String {
        "[" + items.joined(separator: ", ") + "]"
    }

    /// Plain where no reader can take it for anything but this text, else in double quotes.
    static func quoted(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic
                    || "0123456789/._-".unicodeScalars.contains(scalar))
        }
        let starts = text.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic }
        let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        if isPlain, starts == true, !words.contains(text.lowercased()) { return text }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": return "\\\(scalar)"
        case "\u{0}"..<" ", "\u{7F}"..."\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}":
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
