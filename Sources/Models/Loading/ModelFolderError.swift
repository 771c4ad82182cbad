/// What can be wrong with a model on disk beyond its weight file.
package enum ModelFolderError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A place that is no `.gguf` file and holds no `config.json`.
    case notAModel(path: String)
    case unreadableConfiguration(path: String, reason: String)
    case badConfiguration(path: String, [String])
    /// Tensors that the configuration needs and the file lacks or has in another shape.
    case badTensors(path: String, [String])

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
        }
    }
}
