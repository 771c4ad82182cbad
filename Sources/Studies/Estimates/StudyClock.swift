internal import Datasets
internal import Training

/// Measures what work takes on this machine, the same work once.
package final class StudyClock {
    private let isRough: Bool
    private var training: [String: SpeedProbe.Training] = [:]
    private var scoring: [String: SpeedProbe.Scoring] = [:]

    /// - Parameter isRough: Whether arms of one base and one method count as equally fast, whatever
    ///   their ranks and batches.
    package init(isRough: Bool = false) { self.isRough = isRough }

    /// - Throws: `TensorError.outOfMemory`.
    func training(of arm: Study.Arm, in prepared: PreparedStudy) throws -> SpeedProbe.Training {
        let key = key(of: arm, in: prepared.study)
        if let known = training[key] { return known }
        let speed = try SpeedProbe(prepared).training(of: arm)
        training[key] = speed
        return speed
    }

    func scoring(in prepared: PreparedStudy) -> SpeedProbe.Scoring {
        if let known = scoring[prepared.study.base] { return known }
        let speed = SpeedProbe(prepared).scoring()
        scoring[prepared.study.base] = speed
        return speed
    }

    private func key(of arm: Study.Arm, in study: Study) -> String {
        let keys = arm.method.keys + arm.embeddings.keys(method: arm.method.name)
        let details =
            isRough
            ? []
            : keys.map { "\($0.key) \($0.value)" } + [
                arm.optimizer.description, arm.lossMask.description,
                "\(study.training.batchSize) x \(study.training.sequenceLength)",
            ]
        return ([study.base, arm.method.name.rawValue] + details).joined(separator: ", ")
    }
}
