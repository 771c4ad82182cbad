package import Datasets
package import Settings
package import Training

/// A study, read and checked: one base, one target domain, what may be forgotten, and the arms.
package struct Study: Sendable, Equatable {
    /// How the target's text is trained on.
    package enum Regime: String, Sendable, CaseIterable {
        /// Instruction and response pairs, with a loss mask.
        case instruct
        /// Continued pretraining on packed text.
        case `continue`
    }

    /// How the questions of target tasks are asked.
    package enum Prompts: String, Sendable, CaseIterable {
        /// In the template of the training, from the records to evaluate on.
        case template
        /// In the layout of published scores, from the tasks' own files.
        case published
    }

    /// The domain that is learned.
    ///
    /// Paths are relative to the embedded data, or absolute.
    package struct Target: Sendable, Equatable {
        package var domain: String
        package var regime: Regime
        /// Files to train on, one after the other before batches are drawn.
        package var train: [StudyData]
        /// Only so many records from the start of `train`; nil for all.
        package var trainLimit: Int?
        /// Records to evaluate on; nil for those of the tasks themselves.
        package var evaluation: StudyData?
        /// Tasks that measure what is learned; may be none where `evaluation` has what is measured.
        package var tasks: [String]
        /// How questions with written answers are asked.
        package var prompts: Prompts
        /// A folder that holds the tasks' files; nil for the embedded ones and those that were fetched.
        package var data: String?
        package var template: TemplateName
        /// How many of a record's tests its prompt shows.
        package var shownTests: Int
    }

    /// What the base knows and may forget; nothing of it is measured without tasks and text.
    package struct Source: Sendable, Equatable {
        package var tasks: [String]
        /// Held-out text.
        package var text: String?
        /// A folder that holds the tasks' files; nil for the embedded ones.
        package var data: String?
    }

    /// What all arms have in common.
    package struct Training: Sendable, Equatable {
        /// The lengths to which an arm is trained that has none of its own, each by itself.
        package var lengths: [Int]
        package var batchSize: Int
        package var sequenceLength: Int
        package var warmupSteps: Int
        package var schedule: LearningRateSchedule.Shape
        /// Largest L2 norm of the gradient; nil for no clipping (0 in the file).
        package var gradientClip: Double?
        /// Of the arms that name no other.
        package var optimizer: OptimizerSettings
    }

    /// How many items of a file are measured at ends.
    package enum FinalLimit: Sendable, Equatable {
        case all
        case items(Int)
    }

    /// When the arms are scored, and on how much.
    package struct Evaluation: Sendable, Equatable {
        /// Steps between two evaluations.
        package var every: Int
        /// Whether steps 1, 2, 4, 8, 16 and 32 are evaluated too, where curves move most.
        package var isEarly: Bool
        /// Most items per task; nil for all.
        package var limit: Int?
        /// Most items per task that needs generated text; nil for `limit`.
        package var generateLimit: Int?
        /// How many examples stand before the questions of a task, where it is not the task's own number.
        package var shots: [String: Int]
        /// Most items at ends, of the base and of every arm, beside the others; nil for no more.
        package var finalLimit: FinalLimit?

        /// The same, for the questions are a part of the records whose loss is measured.
        var questionLimit: Int? {
            guard let limit, let generateLimit else { return generateLimit ?? limit }
            return min(limit, generateLimit)
        }
    }

    /// When the arms are saved, and how much is kept.
    package struct Checkpoints: Sendable, Equatable {
        /// Steps between two checkpoints.
        package var every: Int
        /// How many of an arm stay.
        package var keep: Int
    }

    /// What happens when an arm's loss is no longer a number.
    package enum DivergencePolicy: String, Sendable, CaseIterable {
        case stopArm = "stop_arm"
        case stopRun = "stop_run"
    }

    /// How much a trajectory may forget.
    package struct Budget: Sendable, Equatable {
        /// What happens to one that has forgotten more, beside that it is told.
        package enum Consequence: String, Sendable, CaseIterable {
            case alert, pause, stop
        }

        /// Nats per token.
        package var forgetting: Double
        package var consequence: Consequence
    }

    /// One way of fine-tuning.
    package struct Arm: Sendable, Equatable {
        package var name: String
        package var method: MethodSettings
        package var embeddings: EmbeddingSettings
        /// Which tokens carry loss in training; the study's unless the arm has its own.
        package var lossMask: LossMask
        /// At their peaks; a trajectory each.
        package var learningRates: [Double]
        /// Rates that a run was given later; a trajectory each, named with its rate.
        package var addedLearningRates: [Double]
        package var optimizer: OptimizerSettings
        /// In steps; a trajectory each.
        package var lengths: [Int]
        /// The arm's own seed; nil for the study's.
        package var seed: UInt64?
    }

    package var name: String
    /// What it asks, in a sentence; no number depends on it.
    package var question: String?
    package var base: String
    package var target: Target
    package var source: Source
    package var lossMask: LossMask
    package var training: Training
    package var evaluation: Evaluation
    package var checkpoints: Checkpoints
    package var seeds: [UInt64]
    /// Seeds that a run was given later; their trajectories are named with them.
    package var addedSeeds: [UInt64]
    package var onDivergence: DivergencePolicy
    /// Bytes that the process may take; nil for three quarters of what is available.
    package var memory: Int?
    package var budget: Budget?
    package var arms: [Arm]
    /// Where each key was written.
    let positions: StudyPositions
}

extension Study {
    /// A problem that shows only later, in the form of those found on reading.
    package func problem(at path: String, _ text: String) -> SettingsProblem {
        SettingsProblem(
            file: positions.file, origin: positions.origin(of: path), path: path, text: text)
    }
}

/// Where the keys of a study were written; says nothing about what the study means, so that all are
/// equal.
struct StudyPositions: Sendable, Equatable {
    let file: String
    let origins: [String: SettingsOrigin]

    func origin(of path: String) -> SettingsOrigin? {
        var path = Substring(path)
        while !path.isEmpty {
            if let origin = origins[String(path)] { return origin }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<cut]
        }
        return nil
    }

    static func == (left: StudyPositions, right: StudyPositions) -> Bool { true }
}
