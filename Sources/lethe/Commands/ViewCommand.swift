import ArgumentParser
import Foundation
import RunStore
import Terminal

/// `lethe view`: opens runs in the dashboard, read-only.
struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Open finished or running runs in the dashboard, read-only.",
        discussion: "Of several runs, every arm is shown as <number of the run>/<arm>.")

    @Argument(help: "The folders of the runs.")
    var runs: [String]

    func run() throws {
        try Failure.report {
            let folders = try runs.map { try RunFolder.open(URL(filePath: $0)) }
            let viewed = try ViewedRuns(folders)
            var screen = LiveScreen(
                try TerminalSession(),
                source: .init(
                    drain: viewed.poll,
                    command: { _, _ in }, stop: { _ in }, isOver: { true },
                    export: { folders.map(\.metricsFile.path).joined(separator: ", ") }),
                isReadOnly: true)
            _ = try screen.run()
        }
    }
}
