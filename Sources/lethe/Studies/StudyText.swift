import Adapters
import Bases
import Datasets
import Models
import Studies
import Training

/// A study in words and a table.
struct StudyText {
    private let study: Study
    /// The base's sizes; nil where it cannot be read.
    private let configuration: ModelConfiguration?

    init(_ study: Study, locator: DataLocator) {
        self.study = study
        configuration = (try? BaseModel.url(of: study.base, locator: locator)).flatMap {
            try? ModelDescription.configuration(at: $0)
        }
    }

    var text: String {
        AlignedText.lines(keys) + "\n"
            + AlignedText.lines(
                [Self.header] + study.trajectories.map(row), rightAligned: [3, 4, 5])
    }

    // MARK: - Keys

    private var keys: [[String]] {
        let rows: [(String, String?)] = [
            ("study", study.name), ("question", study.question), ("base", base),
            ("target", target), ("data", data), ("source", source), ("training", training),
            ("evaluation", evaluation),
            ("evaluated at", lengths.map(points).joined(separator: "; ")),
            (
                "checkpoints",
                "every \(study.checkpoints.every) steps, the newest "
                    + "\(study.checkpoints.keep), and the last of all"
            ),
            ("seeds", (study.seeds + study.addedSeeds).map { "\($0)" }.joined(separator: ", ")),
            ("memory", study.memory.map(AlignedText.size)),
            (
                "budget",
                study.budget.map {
                    "\($0.forgetting) nats of forgetting per token, then \($0.consequence.rawValue)"
                }
            ),
        ]
        return rows.compactMap { key, value in value.map { [key, $0] } }
    }

    private var base: String {
        guard let configuration else { return study.base + " (cannot be read)" }
        return "\(study.base): \(configuration.family.modelType), "
            + "\(configuration.parameterCount) parameters, context "
            + "\(configuration.maxSequenceLength)"
    }

    private var target: String {
        let target = study.target
        let tasks = target.tasks.isEmpty ? "no tasks" : "tasks \(list(target.tasks))"
        return "\(target.domain), \(target.regime.rawValue), \(tasks), "
            + "template \(target.template.rawValue.replacing("\n", with: "\\n"))"
    }

    private var data: String {
        let target = study.target
        let limit = target.trainLimit.map { ", the first \($0)" } ?? ""
        let tests = target.shownTests > 0 ? ", \(target.shownTests) tests shown" : ""
        return "trained on \(target.trainedOn)\(limit)\(tests); measured on "
            + (target.evaluation?.description ?? "the file of the task")
    }

    private var source: String {
        let tasks = study.source.tasks.isEmpty ? nil : "tasks \(list(study.source.tasks))"
        let parts = [
            tasks, study.source.data.map { "in \($0)" }, study.source.text.map { "text \($0)" },
        ]
        let told = parts.compactMap { $0 }
        return told.isEmpty ? "none: nothing that may be forgotten is measured" : list(told)
    }

    private var training: String {
        let training = study.training
        let clip = training.gradientClip.map { ", gradients clipped at \($0)" } ?? ""
        return "batches of \(training.batchSize), at most \(training.sequenceLength) tokens each; "
            + "\(training.schedule.rawValue) after \(training.warmupSteps) steps of warm-up" + clip
    }

    private var evaluation: String {
        let limits = [
            study.evaluation.limit.map { "at most \($0) items of a file" },
            study.evaluation.generateLimit.map { "\($0) written answers" },
            study.evaluation.finalLimit.map { "\($0) at ends" },
        ].compactMap { $0 }
        return limits.isEmpty ? "all items of every file" : list(limits)
    }

    private var lengths: [Int] { Set(study.trajectories.map(\.steps)).sorted() }

    /// The steps of a trajectory's evaluations, those between left out where they are many.
    private func points(of length: Int) -> String {
        let steps = study.evaluation.steps(of: length).map { "\($0)" }
        let shown = steps.count > 16 ? steps.prefix(12) + ["..."] + steps.suffix(2) : steps[...]
        return list(Array(shown))
    }

    private func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

    // MARK: - Trajectories

    private static let header = [
        "trajectory", "method", "size", "trained", "rate", "steps", "seed", "loss of", "optimizer",
    ]

    private func row(_ trajectory: Study.Trajectory) -> [String] {
        let arm = trajectory.arm
        return [
            trajectory.id, arm.method.name.rawValue, size(of: arm), trained(by: arm),
            Study.text(ofRate: trajectory.learningRate), "\(trajectory.steps)",
            "\(trajectory.seed)", arm.lossMask.description, arm.optimizer.kind.rawValue,
        ]
    }

    private func size(of arm: Study.Arm) -> String {
        switch arm.method.size {
        case .rank(let rank)?: "rank \(rank)"
        case .match(let name)?: "as \(name)"
        case nil: "-"
        }
    }

    /// The share of the base that the arm trains.
    private func trained(by arm: Study.Arm) -> String {
        guard let configuration, arm.method.rank != nil || arm.method.size == nil,
            arm.fineTuning.problems(for: configuration).isEmpty
        else { return "-" }
        let share =
            Double(arm.fineTuning.trainableCount(for: configuration))
            / Double(configuration.parameterCount)
        return AlignedText.number(share * 100, digits: 1) + "%"
    }
}
