import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct PretrainingTests {
    private let plan: PretrainingPlan = {
        var plan = PretrainingPlan.tiny
        plan.model = ModelConfiguration(
            hiddenSize: 8, intermediateSize: 8, layerCount: 1, headCount: 1, kvHeadCount: 1,
            vocabularySize: 260, maxSequenceLength: 16)
        (plan.steps, plan.batchSize, plan.sequenceLength) = (35, 1, 8)
        plan.vocabularyText = 1
        return plan
    }()

    @Test("stopped within, killed while its checkpoint was replaced, it ends as in one go")
    func resuming() throws {
        try withTemporaryFolder { folder in
            let (whole, parts) = (folder.appending(path: "whole"), folder.appending(path: "parts"))
            #expect(try Pretraining(plan, folder: whole).run { _ in true })
            #expect(try !Pretraining(plan, folder: parts).run { $0.step < 25 })
            let checkpoint = parts.appending(path: "checkpoint")
            try FileManager.default.moveItem(
                at: checkpoint, to: checkpoint.appendingPathExtension("replaced"))
            try add("30,9.9\n40,9.9\n2", to: parts.appending(path: "pretraining.csv"))
            var steps: [Int] = []
            #expect(
                try Pretraining(plan, folder: parts).run { report in
                    steps.append(report.step)
                    return true
                })
            #expect(steps == Array(26...35))
            for name in ["model.safetensors", "pretraining.csv"] {
                #expect(
                    try Data(contentsOf: parts.appending(path: name))
                        == Data(contentsOf: whole.appending(path: name)), "\(name)")
            }
            let curve = try String(
                contentsOf: whole.appending(path: "pretraining.csv"), encoding: .utf8)
            let rows = curve.split(separator: "\n").map { $0.split(separator: ",")[0] }
            #expect(rows == ["step", "10", "20", "30", "35"])
            let names = try FileManager.default.contentsOfDirectory(atPath: parts.path)
            #expect(!names.contains { $0.hasPrefix("checkpoint") })
        }
    }

    @Test("a curve that cannot be read is not overwritten")
    func unreadableCurve() throws {
        try withTemporaryFolder { folder in
            let curve = folder.appending(path: "pretraining.csv")
            let foreign = Data([0x31, 0xff, 0xfe])
            try foreign.write(to: curve)
            #expect(throws: (any Error).self) {
                try Pretraining(plan, folder: folder).run { _ in true }
            }
            #expect(try Data(contentsOf: curve) == foreign)
        }
    }

    private func add(_ text: String, to url: URL) throws {
        let file = try FileHandle(forWritingTo: url)
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
    }
}
