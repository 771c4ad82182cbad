/// Seeds and learning rates that a run gets beside those that it has.
package struct StudyAddition: Sendable, Equatable {
    package var seeds: [UInt64]
    /// By the names of the arms that they are for.
    package var learningRates: [String: [Double]]

    package init(seeds: [UInt64] = [], learningRates: [String: [Double]] = [:]) {
        self.seeds = seeds
        self.learningRates = learningRates
    }

    package var isEmpty: Bool { seeds.isEmpty && learningRates.isEmpty }
}

/// Why a study cannot be extended.
package enum StudyAdditionError: Error, Equatable, Sendable, CustomStringConvertible {
    case noArm(String, known: [String])
    /// Everything that was asked for is there already.
    case nothingNew

    package var description: String {
        switch self {
        case .noArm(let name, let known):
            "there is no arm `\(name)`; the study has \(known.joined(separator: ", "))"
        case .nothingNew: "the study has these seeds and learning rates already; name others"
        }
    }
}

extension Study {
    /// The same study with what it lacks of an addition; what is there stays as it is.
    ///
    /// - Throws: `StudyAdditionError`. Whether the values make sense is found when the study is read.
    package func adding(_ addition: StudyAddition) throws(StudyAdditionError) -> Study {
        var result = self
        for (name, rates) in addition.learningRates.sorted(by: { $0.key < $1.key }) {
            guard let index = arms.firstIndex(where: { $0.name == name }) else {
                throw .noArm(name, known: arms.map(\.name))
            }
            let present = arms[index].learningRates + arms[index].addedLearningRates
            result.arms[index].addedLearningRates += rates.filter { !present.contains($0) }
        }
        result.addedSeeds += addition.seeds.filter { !(seeds + addedSeeds).contains($0) }
        guard result.trajectoryCount > trajectoryCount else { throw .nothingNew }
        return result
    }
}
