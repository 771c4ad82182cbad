import ArgumentParser
import Foundation
import RunStore
import Verdicts

/// `lethe verdict`: which arm forgets less at equal learning, and how sure that is.
struct VerdictCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    static let configuration = CommandConfiguration(
        commandName: "verdict",
        abstract: "Say which arm forgets less at equal learning, and how sure that is.",
        discussion: """
            Arms are compared at the levels of learning that both reach, each at the best of its \
            learning rates: the rate is chosen on one half of the items and reported on the other. \
            With three seeds or more the interval is Student's over seeds; one or two seeds say \
            nothing about others. Several runs of one study, with other seeds, are taken together.

            With --budget, also how much each arm can learn while it forgets no more than that, \
            and the step that does it; --merge leaves that checkpoint's model as a Hugging Face \
            folder.
            """)

    @Argument(help: "The folders of the runs.")
    var runs: [String]

    @Option(help: "text, csv or json.")
    var format = Format.text

    @Option(
        help: ArgumentHelp(
            "The most that may be forgotten: nats, or points of retained accuracy; the study's budget "
                + "if none is given.",
            valueName: "amount"))
    var budget: Double?

    @Option(
        help: ArgumentHelp(
            "Compare at this one level of learning: a loss, or an accuracy from 0 to 1.",
            valueName: "value"))
    var level: Double?

    @Option(help: "What is learned: \(VerdictAxes.learned.joined(separator: ", ")).")
    var learn = "loss"

    @Option(help: "What is forgotten: \(VerdictAxes.forgotten.joined(separator: ", ")).")
    var forget = "forgetting"

    @Option(help: "The target task; the study's first if none is named.")
    var task: String?

    @Option(
        help: ArgumentHelp(
            "Differences up to this one count as none: 0.02 nats or 1 point if none is given.",
            valueName: "amount"))
    var delta: Double?

    @Option(help: "With --budget: the folder to make of the model that learns most within it.")
    var merge: String?

    func validate() throws {
        try check(learn, "--learn", VerdictAxes.learned)
        try check(forget, "--forget", VerdictAxes.forgotten)
        for (value, name) in [(budget, "--budget"), (delta, "--delta"), (level, "--level")] {
            if let value, !(value >= 0 && value.isFinite) {
                throw ValidationError("\(name): a number of at least 0, not \(value)")
            }
        }
        if merge != nil, budget == nil {
            throw ValidationError("--merge: say with --budget how much may be forgotten")
        }
    }

    private func check(_ name: String, _ option: String, _ known: [String]) throws {
        guard known.contains(name) else {
            throw ValidationError(
                "\(option): no `\(name)`; there is \(known.joined(separator: ", "))")
        }
    }

    func run() throws {
        try Failure.reportWhileMaking {
            if let merge { try MergedFolder.check(URL(filePath: merge)) }
            let judged = try JudgedRuns(runs)
            for damage in judged.damage { StandardError.write("lethe: \(damage)\n") }
            let verdict = try Verdict(
                try VerdictInput(judged.states, axes: axes),
                settings: VerdictSettings(
                    budget: budget.map { $0 / unit } ?? studyBudget(judged), level: level))
            try StandardOutput.write(try text(VerdictReport(verdict: verdict, runs: runs)))
            if let merge { try self.merge(verdict, of: judged, to: URL(filePath: merge)) }
        }
    }

    private var axes: VerdictAxes {
        VerdictAxes(learn: learn, forget: forget, task: task, tolerance: delta.map { $0 / unit })
    }

    /// How many of what a person writes make one of what is measured: accuracies are shares.
    private var unit: Double { forget == "forgetting" ? 1 : 100 }

    /// The study's budget is one of nats.
    private func studyBudget(_ judged: JudgedRuns) -> Double? {
        forget == "forgetting" ? judged.budget : nil
    }

    private func text(_ report: VerdictReport) throws -> String {
        switch format {
        case .text: report.text
        case .csv: report.csv
        case .json: try report.json()
        }
    }

    private func merge(_ verdict: Verdict, of judged: JudgedRuns, to target: URL) throws {
        guard let budget = verdict.budget, let best = budget.arms.first?.best, best.step > 0 else {
            throw NothingLearned()
        }
        let found = try judged.checkpoint(of: best, budget: budget.budget)
        try MergedFolder.make(
            target, of: try StoredBase.load(for: found.run), adapter: found.folder)
        StandardError.write("lethe: \(best.trajectory) at step \(best.step) is in \(target.path)\n")
    }
}

/// The base itself is the best that keeps to a budget.
private struct NothingLearned: Error, CustomStringConvertible {
    var description: String { "nothing to merge: within the budget no arm learns anything" }
}
