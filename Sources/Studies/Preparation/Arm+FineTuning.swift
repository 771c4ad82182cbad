package import Adapters

extension Study.Arm {
    /// What trains the arm at its first rate, on which none of its sizes depends.
    package var fineTuning: any FineTuningMethod { fineTuning(at: learningRates.first ?? 1) }

    /// What trains the arm: its method, and what is to happen to the embedded tokens.
    package func fineTuning(at learningRate: Double) -> any FineTuningMethod {
        var result = method.method
        if !embeddings.tables.isEmpty {
            result = TrainedTables(
                result, tables: embeddings.tables,
                learningRateFactor: (embeddings.learningRate ?? learningRate) / learningRate)
        }
        return embeddings.noise > 0 ? NEFTune(result, alpha: embeddings.noise) : result
    }

    /// The key under which the arm has a setting of its method.
    func key(of setting: MethodProblem.Setting) -> String {
        if setting == .rank, case .match? = method.size { return "match" }
        return setting.rawValue
    }
}
