package import Foundation

/// The data sets that lethe knows by name, and where they lie on this machine.
package struct DataCatalog: Sendable {
    /// The folder in which fetched data lie, laid out as a user's own.
    package let folder: URL
    let environment: [String: String]

    /// The catalog of a user whose environment variables are `environment`.
    ///
    /// Data lie in `$LETHE_DATA`, else in `$XDG_DATA_HOME/lethe/data`, else in
    /// `~/.local/share/lethe/data`.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        folder = CatalogFolder.url("data", variable: "LETHE_DATA", environment: environment)
    }

    /// The set called `name`.
    ///
    /// - Throws: `CatalogError.unknownData` if there is none.
    package static func set(named name: String) throws(CatalogError) -> DataSet {
        guard let set = sets.first(where: { $0.name == name }) else {
            throw .unknownData(name: name, known: sets.map(\.name))
        }
        return set
    }

    /// Where a file of a set lies, once it has been fetched or put there.
    package func localURL(of file: DataSet.File) -> URL {
        folder.appending(path: file.path)
    }

    /// Whether there is a file in its place.
    package func isThere(_ file: DataSet.File) -> Bool {
        localURL(of: file).fileSize != nil
    }

    /// Whether the fetched files of the set lie there with their sizes; digests are checked when they
    /// are fetched.
    package func isPresent(_ set: DataSet) -> Bool {
        let sizes = set.fetchedFiles.compactMap { localURL(of: $0).fileSize }
        return !sizes.isEmpty && sizes.count == set.fetchedFiles.count
            && sizes.reduce(0, +) == set.sizeBytes
    }

    /// The files that no package has and nobody has put there, each with where it is published and
    /// where it belongs.
    package func missing(of set: DataSet) -> [String] {
        set.publishedFiles.compactMap { file in
            guard case .published(let place, let use) = file.origin, !isThere(file) else {
                return nil
            }
            return "\(use) are published at \(place): put the file at \(localURL(of: file).path)"
        }
    }
}
