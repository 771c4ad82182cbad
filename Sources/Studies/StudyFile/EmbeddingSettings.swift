internal import Models
internal import Settings

/// The keys of an arm about the tables of token vectors.
package struct EmbeddingSettings: Sendable, Equatable {
    /// `train_embeddings`, `train_head`: whether a copy of the table is trained beside the adapters;
    /// false by default.
    package var trainsEmbeddings: Bool
    package var trainsHead: Bool
    /// `embedding_learning_rate`: that of the tables, at its peak; nil for the trajectory's own.
    package var learningRate: Double?
    /// `neftune_alpha`: the noise on embedded tokens in training; 0, the default, for none.
    ///
    /// Every model has a table of token vectors, so that there is nothing to refuse.
    package var noise: Double

    /// Reads the keys; full fine-tuning has only that of the noise.
    init(_ arm: SettingsSection, method: MethodSettings.Name) {
        noise = arm.number("neftune_alpha", default: 0, .notNegative)
        (trainsEmbeddings, trainsHead) = (false, false)
        guard method != .full else { return }
        trainsEmbeddings = arm.flag("train_embeddings", default: false)
        trainsHead = arm.flag("train_head", default: false)
        let key = "embedding_learning_rate"
        guard arm.value(key) != nil else { return }
        if tables.isEmpty {
            arm.problem(key, "has nothing to train; write `train_embeddings: true`, or drop it")
        }
        learningRate = arm.number(key, .positive)
    }

    var tables: Set<VocabularyTable> {
        Set((trainsEmbeddings ? [.embedding] : []) + (trainsHead ? [.head] : []))
    }

    func keys(method: MethodSettings.Name) -> [(key: String, value: String)] {
        let noise = [("neftune_alpha", String(noise))]
        guard method != .full else { return noise }
        return [
            ("train_embeddings", String(trainsEmbeddings)), ("train_head", String(trainsHead)),
        ] + (learningRate.map { [("embedding_learning_rate", String($0))] } ?? []) + noise
    }
}
