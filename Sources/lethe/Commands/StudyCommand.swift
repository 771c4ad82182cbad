import ArgumentParser
import Bases
import Foundation
import Studies

/// `lethe study`: the studies that ship, and one's own.
struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study",
        abstract: "List, show and check studies, and write one of your own.",
        subcommands: [List.self, Show.self, Check.self, New.self],
        defaultSubcommand: List.self)

    /// What there is, what it asks and how long that takes.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the embedded studies, each with its question and its time.",
            discussion: """
                The time is an estimate for this machine: a few steps of every method and a few \
                forward passes are measured, and multiplied by the study's steps and evaluations.
                """)

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let clock = StudyClock(isRough: true)
                let progress = StatusLine(isQuiet: isatty(STDERR_FILENO) == 0)
                let rows = StudyFile.list(locator: locator).map { listing in
                    progress.show("measuring \(listing.name)")
                    return row(listing.name, locator, clock)
                }
                progress.end()
                let header = ["name", "trajectories", "about", "question"]
                try StandardOutput.write(AlignedText.lines([header] + rows, rightAligned: [1, 2]))
            }
        }

        /// A study that cannot be run as it stands has no time.
        private func row(
            _ name: String, _ locator: DataLocator, _ clock: StudyClock
        ) -> [String] {
            guard let (study, problems) = try? StudyFile.read(name, locator: locator) else {
                return [name, "-", "-", "cannot be read: lethe study show \(name)"]
            }
            let seconds =
                problems.isEmpty
                ? try? StudyEstimate.ofSome(study, locator: locator, clock: clock).seconds : nil
            return [
                name, "\(study.trajectoryCount)", seconds.map(AlignedText.time) ?? "-",
                study.question ?? "",
            ]
        }
    }

    /// What a study comes to.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a study with every default filled in, and each of its trajectories.",
            discussion: """
                Nothing is loaded. What is wrong with the study stands below it, on standard error; \
                the exit code is 1 then.
                """)

        @Argument(help: "A study's name or file.")
        var study: String

        @OptionGroup var changes: StudyChanges

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let (study, problems) = try StudyFile.read(
                    study, overrides: changes.overrides, locator: locator)
                if study.trajectoryCount <= Study.mostTrajectories {
                    try StandardOutput.write(StudyText(study, locator: locator).text)
                }
                if !problems.isEmpty { throw StudyError.invalid(problems) }
            }
        }
    }

    /// Whether a study would run, and what that would take.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a study without running it; estimate its time and memory.",
            discussion: """
                All that is wrong is told at once, as `lethe run` tells it. Times are those of a few \
                measured steps of each arm on copies that are thrown away, multiplied; saving and \
                loading are not counted.

                Exit codes: 0 it would run; 1 it would not, or the machine has no room for it; 64 \
                misuse.
                """)

        @Argument(help: "A study's name or file.")
        var study: String

        @OptionGroup var changes: StudyChanges

        @OptionGroup var programs: UnsafeCodeOption

        func run() throws {
            try Failure.report {
                let locator = DataLocator.standard()
                let study = try StudyFile.load(
                    study, overrides: changes.overrides, locator: locator)
                let prepared = try PreparedStudy.prepare(
                    study, locator: locator, programs: programs.place.open)
                let report = StudyCheckText(prepared, try StudyEstimate(prepared))
                try StandardOutput.write(report.text)
                if let problem = report.problem { throw problem }
            }
        }
    }
}
