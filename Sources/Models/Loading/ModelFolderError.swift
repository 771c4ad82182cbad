/// What can be wrong with a model on disk beyond its weight file.
package enum ModelFolderError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A place that is no `.gguf` file and holds no `config.json`.
    case notAModel(path: String)
    case unreadableConfiguration(path: String, reason: String)
    case badConfiguration(path: String, [String])
    /// Tensors that the configuration needs and the file lacks or has in another shape.
    case badTensors(path: String, [String])
    /// A tokenizer with tokens that have no row in the model's table.
    case tokensWithoutRow(path: String, tokens: Int, rows: Int)
    /// What is wrong with several parts of a model, a sentence for each.
    case several([String])

    package var description: String {
        switch self {
        case .notAModel(let path):
            "\(path): is neither a .gguf file nor a folder with a config.json; name one of these"
        case .unreadableConfiguration(let path, let reason):
            "\(path): cannot read the configuration: \(reason)"
        case .badConfiguration(let path, let problems):
            "\(path): \(problems.joined(separator: "; "))"
        case .badTensors(let path, let problems):
            "\(path): \(problems.prefix(8).joined(separator: "; "))"
                + (problems.count > 8 ? "; and \(problems.count - 8) more" : "")
        case .tokensWithoutRow(let path, let tokens, let rows):
            "\(path): the tokenizer has ids up to \(tokens - 1), but the table of the model has "
                + "\(rows) rows; use the tokenizer that belongs to the model"
        case .several(let problems): problems.joined(separator: "; ")
        }
    }
}
