package import Tensors

/// A matrix with a row for each token; raw values are the names of its module in Hugging Face
/// models.
package enum VocabularyTable: String, Sendable, CaseIterable {
    case embedding = "embed_tokens"
    case head = "lm_head"

    /// The name of its parameter in files.
    package var parameterName: String {
        switch self {
        case .embedding: ParameterShapes.embedding
        case .head: ParameterShapes.head
        }
    }
}

extension Transformer {
    /// A table's parameter, the same for both where they are tied.
    package subscript(table: VocabularyTable) -> Parameter {
        switch table {
        case .embedding: embedding
        case .head: head
        }
    }

    /// The same model with a head of its own, which starts as the embedding table; this model if
    /// its head is its own already.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    package func untied() throws -> Transformer {
        guard head === embedding else { return self }
        var configuration = configuration
        configuration.tiesEmbeddings = false
        let known = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
        return try Transformer(configuration) { name, rows, columns in
            if let parameter = known[name] { return parameter }
            let own = try Parameter(name, rows: rows, columns: columns, isTrainable: false)
            own.values.update(from: embedding.values, count: own.count)
            return own
        }
    }
}

/// Something that changes the embedded rows of a batch in training.
package protocol EmbeddingNoise: AnyObject {
    /// Changes the rows in place; does nothing on a tape that does not record.
    ///
    /// - Shapes: rows [tokens, hiddenSize], as the layout divides them.
    func add(to rows: Tensor, layout: SequenceLayout, on tape: Tape)
}
