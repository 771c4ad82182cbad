extension WeightFile {
    /// Checks that tensors are there in the shapes that are about to be read.
    ///
    /// - Parameters:
    ///   - expected: Names and shapes.
    ///   - path: The file's name for error messages.
    /// - Throws: `ModelFolderError.badTensors` naming every tensor that does not fit.
    package func check(
        _ expected: [(name: String, shape: [Int])], path: String
    ) throws(ModelFolderError) {
        let problems = expected.compactMap { problem(ofShape: $1, $0) }
        guard problems.isEmpty else { throw .badTensors(path: path, problems) }
    }

    /// A sentence about a tensor that is missing or of another shape; nil if it is as expected.
    package func problem(ofShape expected: [Int], _ name: String) -> String? {
        let found = shape(of: name)
        guard found != expected else { return nil }
        return "\(spelling(of: name)) \(found.map { "has shape \($0)" } ?? "is missing"), "
            + "expected \(expected)"
    }
}
