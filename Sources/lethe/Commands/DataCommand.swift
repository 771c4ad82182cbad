import ArgumentParser
import Bases
import Datasets
import Foundation
import Platform
import Studies

/// `lethe data`: the embedded data and studies, and the data sets that can be fetched.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, fetch, show or make data.",
        subcommands: [List.self, Get.self, Show.self, Make.self],
        defaultSubcommand: List.self)

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
