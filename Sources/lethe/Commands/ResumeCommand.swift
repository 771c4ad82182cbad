import ArgumentParser
import Bases
import Foundation
import RunStore
import Studies

/// `lethe resume`: continues an interrupted run exactly.
struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Continue an interrupted run as if nothing had happened.",
        discussion: """
            Nothing is changed, and the reason told, if what the run was started with has changed: \
            its study, its base or its data. Files may lie in another place; correct their paths in \
            the run's study.yaml.
            """)

    @Argument(help: "The run's folder.")
    var folder: String

    @Flag(help: "Write CSV rows to standard output even on a terminal.")
    var headless = false

    @Flag(help: "Measure the base again, even if its scores are known from an earlier run.")
    var fresh = false

    @Flag(help: "Write no progress to standard error.")
    var quiet = false

    func run() throws {
        try Failure.report {
            var request = try RunRequest.resuming(
                try RunFolder.open(URL(filePath: folder)), locator: .standard())
            request.isFresh = fresh
            try RunLauncher(
                request: request, isHeadless: headless || isatty(STDOUT_FILENO) == 0,
                isQuiet: quiet
            ).launch()
        }
    }
}
