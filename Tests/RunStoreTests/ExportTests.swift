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

    private func withRun(_ body: (RunHistory) throws -> Void) throws {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let writer = try RunWriter(lock: RunLock(folder))
            for event in SampleRun.everyEvent { try writer.receive(event) }
            try body(RunHistory.read(folder))
        }
    }
}
