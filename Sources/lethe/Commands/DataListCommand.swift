import ArgumentParser
import Bases
import Catalog
import Evaluation
import Foundation
import Platform
import Studies

extension DataCommand {
    /// What there is.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the embedded studies and data files, and the data sets of tasks.",
            discussion: """
                Of each data set: whether it is on this machine (in part where only some of its \
                files are), how many items a task scores, the size of the fetched files, the \
                licence, and where it lies or how to get it.
                """)

        @Option(help: "A folder of your own: also list the tasks whose files are in it.")
        var data: String?

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let studies = StudyFile.list(locator: locator).map { "  \($0.name)\n" }.joined()
                try StandardOutput.write("studies\n" + studies)
                if let folder = locator.datasets {
                    let files = try Self.files(in: folder)
                    try StandardOutput.write("files (under \(folder.path))\n" + files)
                } else {
                    try StandardOutput.write("no datasets folder\n")
                }
                try StandardOutput.write(Self.sets(of: DataCatalog()))
                if let data { try StandardOutput.write(try Self.tasks(in: URL(filePath: data))) }
            }
        }

        /// A line for each data file.
        private static func files(in folder: URL) throws -> String {
            let paths = try FileError.wrapping("list", folder) {
                try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            }
            let isData = { (path: String) in [".jsonl", ".txt"].contains(where: path.hasSuffix) }
            return paths.filter(isData).sorted().map { path in
                "  \(path)  \(FileSize.bytes(of: folder.appending(path: path))) bytes\n"
            }.joined()
        }

        /// A line for each data set.
        private static func sets(of catalog: DataCatalog) -> String {
            let header = ["  name", "present", "items", "size", "licence", "where"]
            let rows = DataCatalog.sets.map { set in
                [
                    "  \(set.name)", presence(of: set, in: catalog), "\(set.items)",
                    set.sizeBytes > 0 ? AlignedText.size(set.sizeBytes) : "-", set.licence,
                    place(of: set, in: catalog),
                ]
            }
            return "data sets (under \(catalog.folder.path))\n"
                + AlignedText.lines([header] + rows, rightAligned: [2, 3])
        }

        private static func presence(of set: DataSet, in catalog: DataCatalog) -> String {
            let present = set.files.count { catalog.isThere($0) }
            return present == 0 ? "no" : present == set.files.count ? "yes" : "part"
        }

        private static func place(of set: DataSet, in catalog: DataCatalog) -> String {
            let get = "lethe data get \(set.name)"
            let isFetched = set.fetchedFiles.isEmpty || catalog.isPresent(set)
            let published = catalog.missing(of: set)
            if !isFetched { return get }
            return published.first ?? catalog.folder.appending(path: set.name).path
        }

        /// A line for each task whose file is in `folder`.
        private static func tasks(in folder: URL) throws -> String {
            guard FileManager.default.fileExists(atPath: folder.path) else {
                throw ValidationError("--data \(folder.path): there is no such folder")
            }
            let found = try TaskLocator(.standard()).catalog.all().compactMap { task in
                (try? task.data.file(in: [folder], part: task.parts.first, of: task.name)).map {
                    ["  \(task.name)", $0.path]
                }
            }
            return "tasks (under \(folder.path))\n" + AlignedText.lines(found)
        }
    }
}
