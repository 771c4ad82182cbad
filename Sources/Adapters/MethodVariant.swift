package import Models

/// A method that trains the adapters of another in a way of its own.
///
/// It is described, checked and counted as the other one, unless it says otherwise.
package protocol MethodVariant: FineTuningMethod {
    /// The method whose adapters it uses.
    var origin: any FineTuningMethod { get }

    /// What does not fit beside what the origin says.
    func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem]
}

extension MethodVariant {
    package var displayedRank: Int? { origin.displayedRank }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] { [] }

    package func problems(for configuration: ModelConfiguration) -> [MethodProblem] {
        origin.problems(for: configuration) + ownProblems(for: configuration)
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        origin.trainableCount(for: configuration)
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        origin.memory(on: configuration)
    }
}
