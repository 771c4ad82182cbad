import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing
import Verdicts

/// The end of a run's table: what the run comes to.
@Suite struct VerdictRowsTests {
    @Test("the table of a run that is over ends in the numbers and words of each pair")
    func endsInAVerdict() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Self.write(JudgedRun.events(seeds: [0, 1, 2]), to: folder)
            let rows = try Self.verdict(folder)
            #expect(rows.allSatisfy { $0[2] == "full" && $0[10] == "lora" || $0[11] == "remark" })
            #expect(
                rows.map { $0[11] }.prefix(12) == [
                    "gap", "gap_lower", "gap_upper", "gap_p", "level_from", "level_to",
                    "first_rate_from", "first_rate_to", "second_rate_from", "second_rate_to",
                    "seeds", "word",
                ])
            let value = { (metric: String) in
                rows.first { $0[11] == metric }.flatMap { Double($0[12]) }
            }
            // At every level full has forgotten twice what lora has, and lora between 0 and 0.6.
            let gap = try #require(value("gap"))
            #expect(gap > 0.2 && gap < 0.4)
            let (lower, upper) = (
                try #require(value("gap_lower")), try #require(value("gap_upper"))
            )
            #expect(lower < gap && gap < upper && lower > 0.02)
            #expect(value("level_from") == 4 && value("seeds") == 3)
            #expect(try #require(value("level_to")) < 2)
            #expect(value("first_rate_from") == 1e-3 && value("second_rate_to") == 1e-2)
            #expect(rows.first { $0[11] == "word" }?[13] == "secondForgetsLess")
            let sentence = rows[0][13]
            #expect(sentence.contains("lora at 1e-2 has forgotten") && sentence.contains("3 seeds"))
            let lastMeasured = try Self.records(folder).lastIndex { $0[9] != "verdict" }
            #expect(lastMeasured == (try Self.records(folder).count) - rows.count - 1)
        }
    }

    @Test("an arm's budget is a row with the rate, seed and step of the checkpoint")
    func budget() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Self.write(JudgedRun.events(seeds: [0], budget: 0.35), to: folder)
            let rows = try Self.verdict(folder).filter { $0[11].hasPrefix("budget") }
            #expect(
                rows.map { "\($0[2])-\($0[10]) \($0[11])" } == [
                    "- budget", "lora- budget_learned", "full- budget_learned",
                    "full-lora budget_gap", "full-lora budget_word",
                ])
            #expect(rows[0][12] == "0.35")
            // Of lora at most step 4 (0.3 nats), of full step 2 (0.3 nats).
            #expect(rows[1][5...6] == ["0", "4"] && rows[2][5...6] == ["0", "2"])
            #expect(rows[1][14] == "0.01" && rows[2][14] == "0.001")
            #expect(rows[1][13].contains("lora learns most at 1e-2"))
            #expect(rows[4][13] == "undecidedBeyondSeeds")
        }
    }

    @Test("the table is the exported one; the first schema has no verdict")
    func exported() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Self.write(JudgedRun.events(seeds: [0, 1], budget: 1), to: folder)
            let run = try RecordedRun.read(folder)
            #expect(
                try Export.csv(run) == String(contentsOf: folder.metricsFile, encoding: .utf8))
            let first = csvRecords(try Export.csv(run, schema: .first))
            let second = csvRecords(try Export.csv(run))
            #expect(first.count == second.count { $0[9] != "verdict" })
            let summary = try #require(try Self.summary(folder).verdict)
            #expect(summary.pairs.map(\.word) == [.undecidedBeyondSeeds])
            #expect(summary.pairs[0].sentence.contains("nothing about others"))
            #expect(summary.budget?.arms.map(\.arm) == ["lora", "full"])
            #expect(summary.pairs[0].gap?.mean == Double(try Self.verdict(folder)[0][12]))
        }
    }

    @Test("an interrupted run has none, but its summary says what there is")
    func interrupted() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Self.write(
                JudgedRun.events(seeds: [0, 1, 2], outcome: .interrupted), to: folder)
            #expect(try Self.verdict(folder).isEmpty)
            #expect(
                try Export.csv(RecordedRun.read(folder))
                    == String(contentsOf: folder.metricsFile, encoding: .utf8))
            #expect(try Self.summary(folder).verdict?.pairs.count == 1)
        }
    }

    @Test("a run that goes on takes the rows away", arguments: [0, 256 << 10])
    func goesOn(spacing: Int) throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let events = JudgedRun.events(seeds: [0])
            try Self.write(events, to: folder, spacing: spacing)
            let before = try Self.verdict(folder)
            #expect(before.count > 5)
            let lock = try RunLock(folder)
            let point = try folder.resumePoint(isExtended: true)
            try folder.cut(to: point, arms: ["full-s0", "lora-s0"], lock: lock)
            #expect(try Self.verdict(folder).isEmpty)
            let writer = try RunWriter(lock: lock, after: point, spacing: spacing)
            #expect(writer.verdictRows.isEmpty)
            for event in events.suffix(1) { try writer.receive(event) }
            #expect(try Self.verdict(folder) == before)
            #expect(writer.verdictRows.count == before.count)
        }
    }

    @Test("where nothing can be compared, a remark says why")
    func noVerdict() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            try Self.write(JudgedRun.events(seeds: [0], arms: ["full"]), to: folder)
            let rows = try Self.verdict(folder)
            #expect(rows.map { $0[11] } == ["remark"])
            #expect(rows[0][13].contains("it takes two arms to compare"))
        }
    }

    // MARK: - Reading

    private static func write(
        _ events: [StampedEvent], to folder: RunFolder, spacing: Int = 256 << 10
    ) throws {
        let writer = try RunWriter(lock: RunLock(folder), spacing: spacing)
        for event in events {
            if case .checkpointSaved(let arm, let step, _, _) = event.event {
                _ = try CheckpointFolder(run: folder, arm: arm).write(step: step) { _ in }
            }
            try writer.receive(event)
        }
    }

    private static func records(_ folder: RunFolder) throws -> [[String]] {
        csvRecords(try String(contentsOf: folder.metricsFile, encoding: .utf8))
    }

    private static func verdict(_ folder: RunFolder) throws -> [[String]] {
        try records(folder).filter { $0[9] == "verdict" }
    }

    private static func summary(_ folder: RunFolder) throws -> RunSummary {
        try RunJSON.decoder().decode(
            RunSummary.self, from: Data(contentsOf: folder.summaryFile))
    }
}

/// A run of two arms that learn alike, of which the first forgets twice as much.
private enum JudgedRun {
    private static let steps = 0...8

    static func events(
        seeds: [UInt64], arms: [String] = ["full", "lora"], budget: Double? = nil,
        outcome: RunOutcome = .completed
    ) -> [StampedEvent] {
        let identities = seeds.flatMap { seed in arms.map { identity($0, seed) } }
        var run = SampleRun.identity
        run.arms = identities
        run.budget = budget
        let events =
            [.started(run)] + identities.flatMap(measurements)
            + identities.map {
                .checkpointSaved(arm: $0.name, step: 8, path: "checkpoints/\($0.name)", bytes: 1)
            }
            + identities.map { .armChanged(arm: $0.name, state: .finished, step: 8) }
            + [RunEvent.finished(outcome)]
        return events.enumerated().map { StampedEvent(seconds: Double($0), event: $1) }
    }

    private static func identity(_ arm: String, _ seed: UInt64) -> ArmIdentity {
        ArmIdentity(
            name: "\(arm)-s\(seed)", method: arm, rank: nil, seed: seed, plannedSteps: 8,
            learningRate: arm == "full" ? 1e-3 : 1e-2, trainableParameters: 1,
            totalParameters: 1, studyArm: arm, course: .constant)
    }

    private static func measurements(_ arm: ArmIdentity) -> [RunEvent] {
        steps.flatMap { step -> [RunEvent] in
            let noise = step == 0 ? 0 : Double(arm.seed) / 100
            let loss = 4 - Double(step) * 0.3 + noise
            let forgotten = Double(step) * (arm.studyArm == "full" ? 0.15 + noise / 10 : 0.075)
            return [
                SampleRun.score(arm.name, step, .target, "loss", loss, task: "code"),
                SampleRun.score(arm.name, step, .source, "loss", 2 + forgotten, task: "text"),
            ].map { .observed($0) }
        }
    }
}
