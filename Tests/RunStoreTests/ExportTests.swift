import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct ExportTests {
    @Test("the exported table is the stored one")
    func theExportedTableIsTheStoredOne() throws {
        try withRun { history in
            let stored = try String(contentsOf: history.folder.metricsFile, encoding: .utf8)
            #expect(try Export.csv(history) == stored)
            // The last is the remark that there is nothing to compare.
            #expect(csvRecords(stored).count == 1 + 13 + 1)
        }
    }

    @Test("a run of the first schema can be exported in both, and goes on in the second")
    func aRunOfTheFirstSchema() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            var seen = SampleRun.score("full", 0, .source, "acc", 0.5, task: "facts")
            seen.note = "n=200 stderr=0.0354"
            try write([.started(SampleRun.identity), .observed(seen)], to: folder)
            let first = try Export.csv(RecordedRun.read(folder), schema: .first)
            let row = "code-1,full,full,,0,0,0,0.0,source,facts,acc,0.5,"
            let old = "\(row)n=200 stderr=0.0354"
            #expect(first == "\(TableSchema.first.header)\n1,\(old)\n")
            try Data(first.utf8).write(to: folder.metricsFile)
            (seen.note, seen.error, seen.count) = ("", 0.25, 200)
            try write([.observed(seen)], to: folder)
            let table = try String(contentsOf: folder.metricsFile, encoding: .utf8)
            let second = "\(TableSchema.second.header)\n2,\(old),0.001,,\n2,\(row),0.001,0.25,200\n"
            #expect(table == second)
        }
    }

    private func write(_ events: [RunEvent], to folder: RunFolder) throws {
        let writer = try RunWriter(lock: RunLock(folder))
        for event in events { try writer.receive(StampedEvent(seconds: 0, event: event)) }
    }

    @Test("the exported summary is the stored one")
    func theExportedSummaryIsTheStoredOne() throws {
        try withRun { history in
            let stored = try String(contentsOf: history.folder.summaryFile, encoding: .utf8)
            #expect(try Export.json(history) == stored)
        }
    }

    @Test("the picture is well-formed and names every arm")
    func thePictureIsWellFormed() throws {
        try withRun { history in
            let picture = Export.svg(history)
            #expect(XMLParser(data: Data(picture.utf8)).parse())
            for text in ["Learning", "Forgetting", "full: stopped", "lora-r8: waiting"] {
                #expect(picture.contains(text), "\(text)")
            }
            #expect(!picture.contains("nan") && !picture.contains("inf"))
        }
    }

    @Test("a run without any number has a picture")
    func aRunWithoutNumbersHasAPicture() throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            _ = try RunWriter(lock: RunLock(folder))
            let picture = try Export.svg(RecordedRun.read(folder))
            #expect(XMLParser(data: Data(picture.utf8)).parse())
            #expect(picture.contains("no data"))
        }
    }

    @Test(
        "the picture of numbers that no axis holds is drawn all the same",
        arguments: [
            [1e308, -1e308], [Double.greatestFiniteMagnitude, 0], [.leastNonzeroMagnitude, 0],
            [0x1p-1040, 0x1p-1041],
            [1e300, 1e300], [.infinity, .nan, 1],
        ])
    func extremeNumbers(values: [Double]) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            try writer.receive(StampedEvent(seconds: 0, event: .started(SampleRun.identity)))
            for (step, value) in values.enumerated() {
                for (kind, metric) in [(ObservationKind.target, "loss"), (.source, "forgetting")] {
                    let seen = SampleRun.score("full", step, kind, metric, value, task: "code")
                    try writer.receive(StampedEvent(seconds: 1e300, event: .observed(seen)))
                }
            }
            let history = try RecordedRun.read(folder)
            let picture = Export.svg(history)
            #expect(XMLParser(data: Data(picture.utf8)).parse())
            #expect(!picture.contains("\"nan") && !picture.contains("\"inf"))
            #expect(picture.utf8.count < 20_000)
            #expect(try !Export.json(history).isEmpty)
        }
    }

    @Test("losses that differ by more than a factor of ten stand on a logarithmic axis")
    func axesFollowTheValues() throws {
        let wide = try picture(of: [
            ("full", nil, [5.8, 0.5, 0.077]), ("lora", nil, [5.8, 0.138]),
        ])
        #expect(wide.contains("target loss (nats/token), log<"))
        #expect(wide.contains("left is better, log<"))
        #expect(!wide.contains("rise of source loss (nats/token), log"))
        for tick in ["0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10"] {
            #expect(wide.contains(">\(tick)</text>"), "\(tick)")
        }
        let narrow = try picture(of: [("full", nil, [3, 1])])
        #expect(!narrow.contains(", log<"))
        let odd = try picture(of: [("full", nil, [5.8, 0.1, 0])])
        #expect(!odd.contains("target loss (nats/token), log"))
        let huge = try picture(of: [("full", nil, [1e300, 1e-280])])
        #expect(huge.contains("target loss (nats/token), log<") && huge.utf8.count < 20_000)
    }

    @Test("the seeds of an arm share letter and colour")
    func seedsShareLetterAndColour() throws {
        let seeds = try picture(of: [
            ("full-s0", "full", [3, 1]), ("full-s1", "full", [3, 2]), ("lora-s0", "lora", [3, 2]),
        ])
        #expect(seeds.contains(">A</text>") && seeds.contains(">B</text>"))
        #expect(!seeds.contains(">C</text>"))
        let arms = try picture(of: [("full-s0", nil, [3, 1]), ("full-s1", nil, [3, 2])])
        #expect(arms.contains(">B</text>"))
    }

    /// The picture of arms with these target losses and the same numbers as forgetting.
    private func picture(
        of arms: [(name: String, studyArm: String?, losses: [Double])]
    ) throws -> String {
        var identity = SampleRun.identity
        identity.arms = arms.map { arm in
            ArmIdentity(
                name: arm.name, method: "full", rank: nil, seed: 0, plannedSteps: 4,
                learningRate: 1, trainableParameters: 1, totalParameters: 1,
                studyArm: arm.studyArm)
        }
        return try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            try writer.receive(StampedEvent(seconds: 0, event: .started(identity)))
            for arm in arms {
                for (step, loss) in arm.losses.enumerated() {
                    for (kind, name) in [(ObservationKind.target, "loss"), (.source, "forgetting")]
                    {
                        let seen = SampleRun.score(arm.name, step, kind, name, loss, task: "code")
                        try writer.receive(StampedEvent(seconds: 0, event: .observed(seen)))
                    }
                }
            }
            return try Export.svg(RecordedRun.read(folder))
        }
    }

    private func withRun(_ body: (RecordedRun) throws -> Void) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            for event in SampleRun.everyEvent { try writer.receive(event) }
            try body(RecordedRun.read(folder))
        }
    }
}
