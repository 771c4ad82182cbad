/// What a parameter does in a model; adapters, parts of fine-tuning, initialisation and files follow
/// from it.
package enum ParameterRole: Hashable, Sendable {
    case embedding
    case head
    case weight(Projection)
    /// What is added to a projection.
    case bias(Projection)
    case norm(NormPlace)
    /// What is added to normalised rows.
    case normBias(NormPlace)

    /// Whether it is stored with one dimension.
    var isVector: Bool {
        switch self {
        case .embedding, .head, .weight: false
        case .bias, .norm, .normBias: true
        }
    }
}

/// Where a norm stands.
package enum NormPlace: Hashable, Sendable, CaseIterable {
    /// In front of a branch of the block.
    case beforeAttention, beforeMLP
    /// On the result of a branch, before it is added to the residual stream.
    case afterAttention, afterMLP
    /// On queries and keys, before they are rotated.
    case query, key
    /// In front of the output head.
    case final
}

/// A parameter as a family declares it.
package struct ParameterDeclaration: Sendable, Equatable {
    /// The name in Hugging Face files.
    package let name: String
    /// The module that holds it, as transformers and PEFT name it in memory, which files need not follow.
    package let module: String
    package let role: ParameterRole
    /// Nil outside the layers.
    package let layer: Int?
    package let rows: Int
    package let columns: Int

    package var count: Int { rows * columns }

    /// The shape in files: vectors have one dimension.
    package var storedShape: [Int] { role.isVector ? [columns] : [rows, columns] }

    /// The module that holds it, as files name it.
    package var storedModule: String {
        name.split(separator: ".").dropLast().joined(separator: ".")
    }
}
