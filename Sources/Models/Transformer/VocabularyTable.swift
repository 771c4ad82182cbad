package import Tensors

/// A matrix with a row for each token.
package enum VocabularyTable: Sendable, CaseIterable {
    case embedding, head

    package var role: ParameterRole {
        switch self {
        case .embedding: .embedding
        case .head: .head
        }
    }
}

extension ModelConfiguration {
    /// A table, whether the model has it for itself or not.
    package func declaration(_ table: VocabularyTable) -> ParameterDeclaration {
        declaration(table.role)
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
        return try Transformer(configuration) { declaration in
            if let parameter = known[declaration.name] { return parameter }
            let own = try Parameter(declaration, isTrainable: false)
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
