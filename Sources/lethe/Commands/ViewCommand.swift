import ArgumentParser
import Foundation
import RunEvents
import RunStore
import Terminal

/// `lethe view`: opens runs in the dashboard, read-only.
struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Open a finished or running run in the dashboard, read-only.")

    @Argument(help: "The run's folder; several are shown one after another.")
    var runs: [String]

    func run() throws {
        try Failure.report {
            let folders = try runs.map { try RunFolder.open(URL(filePath: $0)) }
            for folder in folders { try show(folder) }
        }
    }

    private func show(_ folder: RunFolder) throws {
        let follower = RunFollower(folder)
        var screen = LiveScreen(
            try TerminalSession(),
            source: .init(
                drain: { try follower.poll().events },
                command: { _, _ in }, stop: { _ in }, isOver: { true },
                export: { folder.metricsFile.path }),
            isReadOnly: true)
        _ = try screen.run()
    }
}
