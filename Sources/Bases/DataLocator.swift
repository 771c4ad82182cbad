internal import Catalog
package import Foundation

/// Finds files by the paths that studies and users write.
///
/// A relative path is looked for under the working directory, in the embedded data, which are found
/// whatever the working directory is, and then among the fetched data.
package struct DataLocator: Sendable, Equatable {
    /// A file or folder that exists.
    package struct Found: Sendable, Equatable {
        package var url: URL
        /// True for the data that come with lethe.
        package var isEmbedded: Bool

        package init(url: URL, isEmbedded: Bool) {
            self.url = url
            self.isEmbedded = isEmbedded
        }
    }

    package let workingDirectory: URL
    /// The embedded data; nil if they were not found.
    package let datasets: URL?
    /// The folder of the data that `lethe data get` fetches; nil to look for none there.
    package let fetched: URL?

    package init(workingDirectory: URL, datasets: URL?, fetched: URL? = nil) {
        self.workingDirectory = workingDirectory
        self.datasets = datasets
        self.fetched = fetched
    }

    /// The locator of this process: the embedded data are `$LETHE_DATASETS`, or the folder
    /// `datasets` beside the executable or beside the package that it was built from, or above them;
    /// the fetched ones are those of `DataCatalog`.
    package static func standard(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL? = Bundle.main.executableURL, sourceFile: String = #filePath
    ) -> DataLocator {
        let directory = URL(
            filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        let fetched = DataCatalog(environment: environment).folder
        if let path = environment["LETHE_DATASETS"], !path.isEmpty {
            return DataLocator(
                workingDirectory: directory, datasets: URL(filePath: path, relativeTo: directory),
                fetched: fetched)
        }
        let starts = [executable?.resolvingSymlinksInPath(), URL(filePath: sourceFile)]
        return DataLocator(
            workingDirectory: directory,
            datasets: starts.compactMap { $0 }.lazy.compactMap(folder(above:)).first,
            fetched: fetched)
    }

    private static func folder(above start: URL) -> URL? {
        var folder = start.deletingLastPathComponent().standardizedFileURL
        while true {
            let candidate = folder.appending(path: "datasets")
            let studies = candidate.appending(path: "studies")
            if FileManager.default.fileExists(atPath: studies.path) { return candidate }
            let parent = folder.deletingLastPathComponent()
            if parent.path == folder.path { return nil }
            folder = parent
        }
    }

    /// Where a path is looked for, in order.
    package func candidates(_ path: String) -> [URL] {
        if path.hasPrefix("/") { return [URL(filePath: path)] }
        return [workingDirectory, datasets, fetched].compactMap { $0?.appending(path: path) }
    }

    /// The file or folder that a path means; nil if there is none.
    package func find(_ path: String) -> Found? {
        for url in candidates(path) where FileManager.default.fileExists(atPath: url.path) {
            let isEmbedded =
                datasets.map {
                    url.standardizedFileURL.path.hasPrefix($0.standardizedFileURL.path + "/")
                }
            return Found(url: url.standardizedFileURL, isEmbedded: isEmbedded ?? false)
        }
        return nil
    }

    /// Where the files of tasks are looked for, in order, if no folder is named.
    package var taskFolders: [URL] { [datasets ?? workingDirectory, fetched].compactMap { $0 } }
}
