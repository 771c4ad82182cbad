/// What can be wrong with a file of weights.
package enum WeightFileError: Error, Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The folder has no weights that can be read, with what there is instead.
    case noWeights(path: String, reason: String)
    /// The file cannot be written.
    case unwritable(path: String, reason: String)
    /// The file does not begin as its format does, or is a version that is not known.
    case unknownFormat(path: String, expected: String, found: String)
    /// The file ends before a part of it does.
    case truncated(path: String, part: String, needed: UInt64, size: Int)
    /// A field of the header has a value that cannot be.
    case badField(path: String, field: String, found: String, expected: String)
    /// Two tensors, or two entries of the metadata, have the same name.
    case duplicateName(path: String, name: String)
    /// A tensor does not begin where the one before it ends.
    case misplacedTensor(path: String, tensor: String, expectedOffset: Int, foundOffset: Int)
    /// A tensor's shape and type do not make its number of bytes.
    case sizeMismatch(path: String, tensor: String, expectedBytes: Int, foundBytes: Int)
    /// A tensor has a type that is not implemented.
    case unsupportedType(path: String, tensor: String, type: String)
    /// There is no tensor of that name.
    case unknownTensor(path: String, tensor: String)
    /// An entry of the metadata that is needed is not there.
    case missingMetadata(path: String, key: String)
}

extension WeightFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot read the weights: \(reason)"
        case .noWeights(let path, let reason):
            "\(path): there are no weights to read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path): cannot write the weights: \(reason)"
        case .unknownFormat(let path, let expected, let found):
            "\(path): expected \(expected), found \(found); convert the file or fetch it again"
        case .truncated(let path, let part, let needed, let size):
            "\(path): \(part) needs \(needed) bytes, the file has \(size); fetch it again"
        case .badField(let path, let field, let found, let expected):
            "\(path): \(field) is \(found), expected \(expected); the file is damaged or not supported"
        case .duplicateName(let path, let name):
            "\(path): \(name) occurs twice; the file is damaged"
        case .misplacedTensor(let path, let tensor, let expected, let found):
            "\(path): \(tensor) begins at byte \(found) of the data, expected \(expected); "
                + "the file is damaged"
        case .sizeMismatch(let path, let tensor, let expected, let found):
            "\(path): \(tensor) has \(found) bytes, its shape and type make \(expected); "
                + "the file is damaged"
        case .unsupportedType(let path, let tensor, let type):
            "\(path): \(tensor) has type \(type), which is not read; use a file of type F32, F16, BF16, "
                + "Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K or IQ4_NL"
        case .unknownTensor(let path, let tensor):
            "\(path): no tensor \(tensor); the model is of another kind or incomplete"
        case .missingMetadata(let path, let key):
            "\(path): no \(key) in the metadata; convert the model again"
        }
    }
}
