internal import Bases
internal import Models
internal import RunEvents
internal import Training

/// What a session tells before anything trains.
extension StudySession {
    /// - Returns: An outcome if the user ends the run before that.
    mutating func begin(
        run: String, continuing continuation: Continuation?
    ) throws -> RunOutcome? {
        let hasStarted = continuation?.hasStarted ?? false
        let new = arms.filter { !hasStarted || continuation?.arms[$0.name] == nil }
        if !new.isEmpty { try journal.emit(.started(identity(run: run))) }
        if !hasStarted { try evaluation.tellItems(journal) }
        if let continuation {
            try journal.emit(.resumed(arms: continuation.arms.compactMapValues(\.checkpoint)))
            for remark in continuation.remarks {
                try journal.emit(
                    .notice(Notice(level: .warning, arm: nil, step: 0, text: remark)))
            }
        }
        while try !evaluation.measureBase(journal) {
            if let outcome = try attendToUser(isBaseMeasured: false) { return outcome }
        }
        for remark in hasStarted ? [] : prepared.remarks + memoryRemarks {
            try journal.emit(
                .notice(Notice(level: .info, arm: nil, step: 0, text: remark)))
        }
        for arm in new {
            let text = arm.settings.arm.optimizer.description
            try journal.emit(
                .notice(Notice(level: .info, arm: arm.name, step: 0, text: "optimizer: " + text)))
            try evaluation.reportBase(for: arm, journal)
        }
        return nil
    }

    /// Told where the limit cannot hold; what is there already is not given back for it.
    private var memoryRemarks: [String] {
        guard let limit = study.memory, memory.isTooSmall(for: arms) else { return [] }
        return [
            "memory: \(MemorySize(bytes: limit)) is less than one trajectory alone needs; they are in "
                + "memory one at a time, and more than that is used"
        ]
    }

    private func identity(run: String) -> RunIdentity {
        let total = prepared.base.model.configuration.parameterCount
        return RunIdentity(
            run: run, study: study.name, base: prepared.base.name, domain: study.target.domain,
            targetTasks: study.target.tasks, sourceTasks: study.source.tasks,
            evaluateEvery: study.evaluation.every,
            arms: arms.map { arm in
                arm.identity(
                    in: study, totalParameters: total,
                    examples: prepared.training[arm.settings.arm.lossMask].count)
            },
            evaluation: study.measuredBy, measures: prepared.measures,
            budget: study.budget?.forgetting)
    }
}
