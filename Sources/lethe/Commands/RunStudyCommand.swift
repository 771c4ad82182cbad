import ArgumentParser
import Bases
import Foundation
import RunStore
import Studies

/// `lethe run`: runs a study, live on a terminal, as CSV otherwise.
struct RunStudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a study: a dashboard on a terminal, CSV otherwise.",
        discussion: """
            STUDY is the name of an embedded study (`lethe study list` shows them) or the path of a \
            study file. Without a terminal, or with --headless, the rows of the run's table go to \
            standard output and nothing else does; progress goes to standard error.

            Exit codes: 0 done; 1 an error; 3 every arm diverged, or one did and on_divergence is \
            stop_run; 64 misuse; 128 + n stopped by signal n.
            """)

    @Argument(help: "A study's name or file.")
    var study = "code"

    @Flag(help: "Write CSV rows to standard output even on a terminal.")
    var headless = false

    @Option(
        name: .customLong("out"),
        help: "The run folder itself (default: runs/<study>-<UTC time>).")
    var output: String?

    @OptionGroup var changes: StudyChanges

    @Flag(help: "Measure the base again, even if its scores are known from an earlier run.")
    var fresh = false

    @OptionGroup var programs: UnsafeCodeOption

    @Flag(help: "Write no progress to standard error.")
    var quiet = false

    func run() throws {
        try Failure.report {
            let locator = DataLocator.standard()
            let study = try StudyFile.load(
                study, overrides: changes.overrides, locator: locator)
            let isNew = output.map { !FileManager.default.fileExists(atPath: $0) } ?? true
            let folder =
                try output.map { try RunFolder.create(at: URL(filePath: $0)) }
                ?? RunFolder.create(study: study.name, in: URL(filePath: "runs"))
            do {
                try launch(study, in: folder, locator)
            } catch {
                if isNew { folder.removeIfUnused() }
                throw error
            }
        }
    }

    private func launch(_ study: Study, in folder: RunFolder, _ locator: DataLocator) throws {
        let request = RunRequest(
            study: study, lock: try RunLock(folder), locator: locator, isFresh: fresh,
            programs: programs.place)
        try RunLauncher(
            request: request, isHeadless: headless || isatty(STDOUT_FILENO) == 0, isQuiet: quiet
        ).launch()
    }
}
