import ArgumentParser
import Foundation
import RunEvents
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
            let followers = folders.map { RunFollower($0) }
            for folder in folders { _ = try RunHistory.read(folder) }
            var screen = LiveScreen(
                try TerminalSession(),
                source: .init(
                    drain: { try Self.newEvents(of: followers) },
                    command: { _, _ in }, stop: { _ in }, isOver: { true },
                    export: { folders.map(\.metricsFile.path).joined(separator: ", ") }),
                isReadOnly: true)
            _ = try screen.run()
        }
    }

    private static func newEvents(of followers: [RunFollower]) throws -> [StampedEvent] {
        guard followers.count > 1 else { return try followers.flatMap { try $0.poll().events } }
        return try followers.enumerated().flatMap { index, follower in
            try follower.poll().events.map { stamped in
                StampedEvent(
                    seconds: stamped.seconds,
                    event: stamped.event.renamingArms { "\(index + 1)/\($0)" })
            }
        }
    }
}
