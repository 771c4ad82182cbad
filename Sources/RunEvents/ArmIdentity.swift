/// What an observer needs to know of one trajectory before its first number arrives: an arm at one
/// learning rate, for one length, with one seed.
package struct ArmIdentity: Codable, Sendable, Equatable {
    /// Unique within a run: the arm's name in the study file (`full`, `lora-r8`), with what the arm
    /// has several of appended, rate, length and seed (`full-lr1e-3-n300-s1`).
    package var name: String
    /// The arm of the study file that this is a trajectory of (`full`); nil in runs made before it was
    /// recorded.
    package var studyArm: String?
    /// The method: `full`, `lora`, ...
    package var method: String
    /// The adapter's rank; nil for methods that have none.
    package var rank: Int?
    /// The seed of data order, initialisation and dropout.
    package var seed: UInt64
    /// Optimiser steps planned.
    package var plannedSteps: Int
    /// Peak learning rate at the start of the run.
    package var learningRate: Double
    /// Parameters that receive gradients, and all parameters of the model.
    package var trainableParameters: Int
    package var totalParameters: Int
    /// The optimiser with its constants and the meaning of its weight decay; nil in runs made before
    /// there was a choice.
    package var optimizer: String?
    /// The rest of what was chosen for the arm; nil in runs made before it was told.
    package var settings: ArmSettings?
    /// What the learning rate does after the warm-up; nil in runs made before it was recorded.
    package var course: RateCourse?

    package init(
        name: String, method: String, rank: Int?, seed: UInt64, plannedSteps: Int,
        learningRate: Double, trainableParameters: Int, totalParameters: Int,
        optimizer: String? = nil, settings: ArmSettings? = nil, studyArm: String? = nil,
        course: RateCourse? = nil
    ) {
        self.name = name
        self.studyArm = studyArm
        self.method = method
        self.rank = rank
        self.seed = seed
        self.plannedSteps = plannedSteps
        self.learningRate = learningRate
        self.trainableParameters = trainableParameters
        self.totalParameters = totalParameters
        self.optimizer = optimizer
        self.settings = settings
        self.course = course
    }
}

/// What was chosen for one arm, in words for a person.
package struct ArmSettings: Codable, Sendable, Equatable {
    /// The method's own keys, and those of embeddings: `rank 8, alpha 16.0, targets all`.
    package var method: String
    /// Which tokens carry loss: `response`.
    package var lossMask: String
    /// What is trained on: `800 examples of code/train.jsonl, 16 x 128 tokens a step`.
    package var data: String
    /// How the learning rate moves: `cosine after 20 steps of warm-up, gradients clipped at 1.0`.
    package var schedule: String

    package init(method: String, lossMask: String, data: String, schedule: String) {
        self.method = method
        self.lossMask = lossMask
        self.data = data
        self.schedule = schedule
    }
}

/// Identity of one run: what is being compared, on what.
package struct RunIdentity: Codable, Sendable, Equatable {
    /// The run folder's name, unique on a machine: `<study>-<UTC time>` unless the user named it.
    package var run: String
    /// The study's name.
    package var study: String
    /// The base model as the study names it.
    package var base: String
    /// The target domain (`code`, `math`, ...) and its tasks.
    package var domain: String
    package var targetTasks: [String]
    /// The source tasks; the held-out source text is the task `text`.
    package var sourceTasks: [String]
    /// Steps between two evaluations.
    package var evaluateEvery: Int
    package var arms: [ArmIdentity]
    /// What else decides how scores are measured, each under its key of the study file
    /// (`evaluate.limit`); nil in runs made before it was told.
    ///
    /// Numbers of two runs can be compared if they agree in it.
    package var evaluation: [String: String]?
    /// Nats per token that a trajectory may forget before the run does what its study says; nil if it
    /// says nothing.
    package var budget: Double?
    /// All measures of the run, in the order in which a screen offers them; nil in runs made before
    /// they were told.
    package var measures: [MetricDefinition]?

    /// Whether this is the same run with the same trajectories, and more.
    package func extends(_ other: RunIdentity) -> Bool {
        let mine = Dictionary(arms.map { ($0.name, $0) }) { first, _ in first }
        return arms.count > other.arms.count && study == other.study && base == other.base
            && domain == other.domain
            && other.arms.allSatisfy { old in
                guard let new = mine[old.name] else { return false }
                return (new.method, new.seed, new.learningRate) == (
                    old.method, old.seed, old.learningRate
                ) && new.plannedSteps == old.plannedSteps
            }
    }

    package init(
        run: String, study: String, base: String, domain: String, targetTasks: [String],
        sourceTasks: [String], evaluateEvery: Int, arms: [ArmIdentity],
        evaluation: [String: String]? = nil, measures: [MetricDefinition]? = nil,
        budget: Double? = nil
    ) {
        self.run = run
        self.study = study
        self.base = base
        self.domain = domain
        self.targetTasks = targetTasks
        self.sourceTasks = sourceTasks
        self.evaluateEvery = evaluateEvery
        self.arms = arms
        self.evaluation = evaluation
        self.measures = measures
        self.budget = budget
    }
}

extension RunIdentity? {
    /// The measures of the run; of one that does not tell them, those that lethe has always had.
    package var definitions: [MetricDefinition] { self?.measures ?? MetricDefinition.all }

    /// What a curve of the run is about; nil for a measure that neither the run nor this version knows.
    package func definition(of key: MeasureKey) -> MetricDefinition? {
        definitions.first { $0.kind == key.kind && $0.name == key.metric }
    }
}
