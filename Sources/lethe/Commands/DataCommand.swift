import ArgumentParser
import Datasets
import Foundation
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
                print("studies")
                for study in StudyFile.list(locator: locator) { print("  \(study.name)") }
                guard let folder = locator.datasets else { return print("no datasets folder") }
                print("files (under \(folder.path))")
                for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                    .sorted()
                where [".jsonl", ".txt"].contains(where: path.hasSuffix) {
                    let file = folder.appending(path: path).path
                    let size = try FileManager.default.attributesOfItem(atPath: file)[.size]
                    print("  \(path)  \(size ?? 0) bytes")
                }
            }
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
            try Failure.report {
                for file in EmbeddedData.files(seed: seed) {
                    let url = URL(filePath: output).appending(path: file.path)
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(file.contents.utf8).write(to: url, options: .atomic)
                    print(url.path)
                }
            }
        }
    }
}
