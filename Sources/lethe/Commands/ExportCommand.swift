import ArgumentParser
import Foundation
import RunStore

/// `lethe export`: what a run recorded, in one piece.
struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, svg }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a run's table (csv), summary (json) or plots (svg) to standard output.")

    @Argument(help: "The run's folder.")
    var folder: String

    @Option(help: "csv, json or svg.")
    var format = Format.csv

    @Option(
        help: "The version of the table, 1 or 2: 1 ends at the column note; with --format csv.")
    var schema: TableSchema?

    func validate() throws {
        if schema != nil, format != .csv {
            throw ValidationError("--schema: only a table has one; use --format csv")
        }
    }

    func run() throws {
        try Failure.report {
            let run = try RecordedRun.read(try RunFolder.open(URL(filePath: folder)))
            if let damage = run.damage { StandardError.write("lethe: \(damage)\n") }
            let text =
                switch format {
                case .csv: try Export.csv(run, schema: schema ?? .current)
                case .json: try Export.json(run)
                case .svg: Export.svg(run)
                }
            try StandardOutput.write(text)
        }
    }
}

extension TableSchema: ExpressibleByArgument {}
