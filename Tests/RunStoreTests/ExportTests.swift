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
            #expect(Export.csv(history) == stored)
            #expect(csvRecords(stored).count == 1 + 13)
        }
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
            let picture = try Export.svg(RunHistory.read(folder))
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
            let history = try RunHistory.read(folder)
            let picture = Export.svg(history)
            #expect(XMLParser(data: Data(picture.utf8)).parse())
            #expect(!picture.contains("\"nan") && !picture.contains("\"inf"))
            #expect(picture.utf8.count < 20_000)
            #expect(try !Export.json(history).isEmpty)
        }
    }

    private func withRun(_ body: (RunHistory) throws -> Void) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            for event in SampleRun.everyEvent { try writer.receive(event) }
            try body(RunHistory.read(folder))
        }
    }
}
