internal import Adapters
package import Bases
internal import Kernels
internal import Models
package import Training

/// What a study will take on this machine, in time and memory.
///
/// Times are those of a few measured steps and forward passes, multiplied; saving, loading and what
/// other programs do meanwhile is not in them.
package struct StudyEstimate: Sendable {
    /// Of one arm.
    package struct Arm: Sendable {
        package let name: String
        /// Numbers that it trains.
        package let trainableCount: Int
        package let trajectories: Int
        /// Of all its trajectories together.
        package let steps: Int
        /// How often its longest trajectory sees every example.
        package let passes: Double
        /// What it needs for itself, beside the base.
        package let memory: ArmMemory
        /// Seconds of a step; nil where the arm has no room and nothing was measured.
        package let stepSeconds: Double?

        /// Whether the machine has room for it beside the base.
        package var fits: Bool { stepSeconds != nil }
    }

    package let workload: StudyWorkload
    package let arms: [Arm]
    /// Bytes of the base's weights, which are there once.
    package let baseBytes: Int
    /// Bytes that the machine has left beside them.
    package let freeBytes: Int
    /// Evaluations of all trajectories, and that of the base.
    package let evaluations: Int
    /// Seconds of one of them, as long as answers may be.
    package let evaluationSeconds: Double
    /// Evaluations on more items, of the base and of every trajectory's end, and seconds of one; none
    /// where the study asks for none.
    package let finalEvaluations: Int
    package let finalEvaluationSeconds: Double

    /// Seconds of all evaluations.
    package var allEvaluationSeconds: Double {
        evaluationSeconds * Double(evaluations) + finalEvaluationSeconds * Double(finalEvaluations)
    }

    /// Seconds of training; nil if an arm does not fit.
    package var trainingSeconds: Double? {
        arms.reduce(0.0) { sum, arm in
            sum.flatMap { sum in arm.stepSeconds.map { sum + $0 * Double(arm.steps) } }
        }
    }

    /// Seconds of everything; nil if an arm does not fit.
    package var seconds: Double? {
        trainingSeconds.map { $0 + allEvaluationSeconds }
    }
}

extension StudyEstimate {
    /// Measures what the study's work takes; nothing of the study changes.
    ///
    /// - Parameters:
    ///   - prepared: The study with its data.
    ///   - clock: Measures, and knows what it has measured.
    ///   - freeBytes: What the machine has left beside the base; nil to ask it.
    /// - Throws: `TensorError.outOfMemory`.
    package init(
        _ prepared: PreparedStudy, clock: StudyClock = StudyClock(), freeBytes: Int? = nil
    ) throws {
        let (study, free) = (prepared.study, freeBytes ?? Memory.freeBytes)
        let workload = StudyWorkload(prepared)
        arms = try study.arms.map { arm in
            try Arm(arm, in: prepared, workload, freeBytes: free, clock: clock)
        }
        self.workload = workload
        self.freeBytes = free
        baseBytes = prepared.base.model.configuration.memoryBytes
        evaluations = study.trajectories.reduce(1) { sum, trajectory in
            sum + study.evaluation.steps(of: trajectory.steps).count - 1
        }
        let speed = clock.scoring(in: prepared)
        let seconds = { (measured: StudyWorkload.Measured) in
            Double(measured.rows) * speed.perRow + Double(measured.writingPasses) * speed.perPass
        }
        evaluationSeconds = seconds(workload.measured)
        finalEvaluations = workload.measuredAtEnds == nil ? 0 : study.trajectories.count + 1
        finalEvaluationSeconds = workload.measuredAtEnds.map(seconds) ?? 0
    }
}

extension StudyEstimate {
    /// Records from which the length of all is judged.
    private static let someRecords = 200

    /// The same from the first records alone: as for the time, and quickly.
    ///
    /// - Throws: `StudyError.invalid`, `TensorError.outOfMemory`.
    package static func ofSome(
        _ study: Study, locator: DataLocator, clock: StudyClock
    ) throws -> StudyEstimate {
        var study = study
        study.target.trainLimit = min(study.target.trainLimit ?? someRecords, someRecords)
        return try StudyEstimate(
            try PreparedStudy.prepare(study, locator: locator), clock: clock)
    }
}

extension StudyEstimate.Arm {
    fileprivate init(
        _ arm: Study.Arm, in prepared: PreparedStudy, _ workload: StudyWorkload, freeBytes: Int,
        clock: StudyClock
    ) throws {
        let (study, examples) = (prepared.study, workload.examples[arm.lossMask])
        let own = study.trajectories.filter { $0.arm.name == arm.name }
        let batch = study.training.batchSize
        name = arm.name
        trajectories = own.count
        steps = own.reduce(0) { $0 + $1.steps }
        passes = Double((own.map(\.steps).max() ?? 0) * batch) / Double(examples?.count ?? 1)
        trainableCount = arm.fineTuning.trainableCount(
            for: prepared.base.model.configuration)
        memory = ArmMemory(
            of: arm.fineTuning, optimizer: arm.optimizer,
            on: prepared.base.model.configuration, batchSize: batch,
            sequenceLength: examples?.longest ?? study.training.sequenceLength,
            lossRows: examples.map { $0.mostLossTokens * batch })
        guard memory.bytes <= freeBytes else {
            stepSeconds = nil
            return
        }
        let speed = try clock.training(of: arm, in: prepared)
        stepSeconds = speed.perUpdate + speed.perToken * (examples?.tokens(ofBatch: batch) ?? 0)
    }
}
