import Bases
import Datasets
import Models
import Studies
import Training

/// What a check of a study found: its data, what its arms take, and whether the machine has that.
struct StudyCheckText {
    private let prepared: PreparedStudy
    private let estimate: StudyEstimate

    init(_ prepared: PreparedStudy, _ estimate: StudyEstimate) {
        self.prepared = prepared
        self.estimate = estimate
    }

    var text: String {
        AlignedText.lines(summary) + "\n"
            + AlignedText.lines(
                [Self.header] + estimate.arms.map(row), rightAligned: [1, 2, 3, 4, 5, 6])
    }

    /// Why the machine cannot run it; nil if it can.
    var problem: NoRoom? {
        let names = estimate.arms.filter { !$0.fits }.map(\.name)
        return names.isEmpty ? nil : NoRoom(arms: names, free: estimate.freeBytes)
    }

    // MARK: - The study

    private var summary: [[String]] {
        [["study", prepared.study.name + ": nothing is wrong with it"], ["base", base]] + data
            + [["evaluation", measured], ["time", time], ["memory", memory]]
            + prepared.remarks.map { ["note", $0] }
    }

    private var base: String {
        let configuration = prepared.base.model.configuration
        return "\(prepared.base.name): \(configuration.family.modelType), "
            + "\(configuration.parameterCount) parameters"
    }

    /// A line for each mask of the loss, for each makes other examples.
    private var data: [[String]] {
        let masks = estimate.workload.examples.sorted { "\($0.key)" < "\($1.key)" }
        return masks.map { mask, examples in
            let name = masks.count > 1 ? "data (\(mask))" : "data"
            return [
                name,
                "\(examples.count) examples, \(examples.tokens) tokens, "
                    + "\(examples.lossTokens) of them with loss; at most \(examples.longest) each",
            ]
        }
    }

    private var measured: String {
        let workload = estimate.workload
        let atEnds = workload.measuredAtEnds.map {
            ", and at ends " + items($0) + "; \(estimate.finalEvaluations) times"
        }
        return items(workload.measured) + "; \(estimate.evaluations) times" + (atEnds ?? "")
    }

    private func items(_ measured: StudyWorkload.Measured) -> String {
        let parts = [
            (measured.targets, "of the target"),
            (measured.documents, "documents of the source text"),
            (measured.choices, "questions with options"),
            (measured.questions, "written answers"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    private var time: String {
        let evaluation = estimate.allEvaluationSeconds
        guard let total = estimate.seconds, let training = estimate.trainingSeconds else {
            return "not estimated, for not every arm has room"
        }
        return "about \(AlignedText.time(total)): \(AlignedText.time(training)) of training, "
            + "\(AlignedText.time(evaluation)) of evaluation, from steps measured just now"
    }

    private var memory: String {
        let largest = estimate.arms.map(\.memory.bytes).max() ?? 0
        let limit = prepared.study.memory.map { "; the study allows \(AlignedText.size($0))" } ?? ""
        return "\(AlignedText.size(estimate.baseBytes)) for the base, up to "
            + "\(AlignedText.size(largest)) more for an arm; "
            + "\(AlignedText.size(estimate.freeBytes)) are left on this machine" + limit
    }

    // MARK: - Arms

    private static let header = [
        "arm", "trained", "trajectories", "steps", "epochs", "a step", "memory", "room",
    ]

    private func row(_ arm: StudyEstimate.Arm) -> [String] {
        [
            arm.name, "\(arm.trainableCount)", "\(arm.trajectories)", "\(arm.steps)",
            AlignedText.number(arm.passes, digits: 1), arm.stepSeconds.map(step) ?? "-",
            AlignedText.size(arm.memory.bytes), arm.fits ? "yes" : "no",
        ]
    }

    private func step(_ seconds: Double) -> String {
        seconds < 1
            ? "\(AlignedText.number(seconds * 1000, digits: 0)) ms"
            : "\(AlignedText.number(seconds, digits: 1)) s"
    }

    /// Arms for which the machine has too little memory.
    struct NoRoom: Error, CustomStringConvertible {
        let arms: [String]
        let free: Int

        var description: String {
            "this machine has \(AlignedText.size(free)) left, too little for "
                + arms.joined(separator: ", ") + "; use a smaller train.batch_size or "
                + "train.sequence_length, a method that trains less, or leave the arm out (--arms)"
        }
    }
}
