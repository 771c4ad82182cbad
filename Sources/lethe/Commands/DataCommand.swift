import ArgumentParser
import Bases
import Datasets
import Foundation
import Platform
import Studies

/// `lethe data`: the embedded data and studies.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, show or make the embedded data.",
        subcommands: [List.self, Show.self, Make.self],
        defaultSubcommand: List.self)

    /// What there is.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the embedded studies and data files.")

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let studies = StudyFile.list(locator: locator).map { "  \($0.name)\n" }.joined()
                try StandardOutput.write("studies\n" + studies)
                guard let folder = locator.datasets else {
                    return try StandardOutput.write("no datasets folder\n")
                }
                try StandardOutput.write("files (under \(folder.path))\n" + files(in: folder))
            }
        }

        /// A line for each data file.
        private func files(in folder: URL) throws -> String {
            let paths = try FileError.wrapping("list", folder) {
                try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            }
            let isData = { (path: String) in [".jsonl", ".txt"].contains(where: path.hasSuffix) }
            return paths.filter(isData).sorted().map { path in
                "  \(path)  \(FileSize.bytes(of: folder.appending(path: path))) bytes\n"
            }.joined()
        }
    }

    /// Writes the generated files.
    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Generate the embedded data files anew, byte for byte.")

        @Option(name: .customLong("out"), help: "The folder to write to.")
        var output: String

        @Option(help: "Another seed makes another world.")
        var seed = EmbeddedData.seed

        func run() throws {
            try Failure.reportWhileMaking {
                for file in EmbeddedData.files(seed: seed) {
                    let url = URL(filePath: output).appending(path: file.path)
                    try Folder.create(url.deletingLastPathComponent())
                    try WholeFile.write(Data(file.contents.utf8), to: url)
                    try StandardOutput.write(url.path + "\n")
                }
            }
        }
    }
}
