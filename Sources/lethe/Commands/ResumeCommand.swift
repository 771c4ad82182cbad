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
            With --seeds and --learning-rate the run gets more trajectories, also one that is finished; \
            what it has stays as it is, to the last bit.

            Nothing is changed, and the reason told, if what the run was started with has changed: \
            its study, its base or its data. Files may lie in another place; correct their paths in \
            the run's study.yaml.
            """)

    @Argument(help: "The run's folder.")
    var folder: String

    @Option(help: "Seeds that the run is to have, separated by commas; those it lacks are added.")
    var seeds: String?

    @Option(
        name: .customLong("learning-rate"), parsing: .singleValue,
        help: "Add a learning rate to an arm, as in full=5e-4; repeatable.")
    var learningRates: [String] = []

    @Flag(help: "Write CSV rows to standard output even on a terminal.")
    var headless = false

    @Flag(help: "Measure the base again, even if its scores are known from an earlier run.")
    var fresh = false

    @OptionGroup var programs: UnsafeCodeOption

    @Flag(help: "Write no progress to standard error.")
    var quiet = false

    func run() throws {
        try Failure.report {
            var request = try RunRequest.resuming(
                try RunFolder.open(URL(filePath: folder)), adding: try addition(),
                locator: .standard())
            request.isFresh = fresh
            request.programs = programs.place
            try RunLauncher(
                request: request, isHeadless: headless || isatty(STDOUT_FILENO) == 0,
                isQuiet: quiet
            ).launch()
        }
    }

    private func addition() throws -> StudyAddition {
        var rates: [String: [Double]] = [:]
        for text in learningRates {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let rate = Double(parts[1]), rate > 0, rate.isFinite else {
                throw ValidationError(
                    "--learning-rate \(text): needs the form arm=rate, the rate above 0")
            }
            rates[String(parts[0]), default: []].append(rate)
        }
        let seeds = (seeds?.split(separator: ",", omittingEmptySubsequences: false) ?? [])
        return StudyAddition(
            seeds: try seeds.map { text in
                if let seed = Int(text), seed >= 0 { return UInt64(seed) }
                throw ValidationError("--seeds \(text): use whole numbers, separated by commas")
            }, learningRates: rates)
    }
}
