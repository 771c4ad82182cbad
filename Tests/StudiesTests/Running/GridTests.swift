import Foundation
import RunEvents
import Studies
import StudySamples
import TestSupport
import Testing

/// Studies with several trajectories of an arm, and points that lie close at the beginning.
@Suite struct GridTests {
    private static let rates = "arms.lora.learning_rate=[5e-3, 1e-3]"

    @Test("every trajectory is told with its arm, rate, length and seed")
    func identity() throws {
        let recording = try StudyRecording.run([
            Self.rates, "arms.lora.steps=[4, 8]", "seeds=[0, 3]",
        ])
        guard case .started(let identity)? = recording.events.first else {
            Issue.record("the first event is \(String(describing: recording.events.first))")
            return
        }
        let lora = identity.arms.filter { $0.studyArm == "lora" }
        #expect(identity.arms.count == 10 && lora.count == 8)
        #expect(lora.map(\.name).prefix(2) == ["lora-lr5e-3-n4-s0", "lora-lr5e-3-n4-s3"])
        #expect(Set(lora.map(\.learningRate)) == [5e-3, 1e-3])
        #expect(Set(lora.map(\.plannedSteps)) == [4, 8])
        #expect(Set(lora.map(\.seed)) == [0, 3])
        for arm in identity.arms {
            #expect(recording.trainedSteps(arm.name) == Array(1...arm.plannedSteps))
            #expect(recording.observations(arm.name, "learning_rate")[1].value == arm.learningRate)
        }
    }

    @Test("what a trajectory does depends on its rate, length and seed, not on its name or place")
    func paired() throws {
        let grid = try StudyRecording.run([
            Self.rates, "arms.full.learning_rate=[1e-4, 5e-3]", "seeds=[0, 3]",
        ])
        for (id, settings) in [
            ("lora-lr1e-3-s3", ["arms.lora.learning_rate=1e-3", "seeds=[3]"]),
            ("lora-lr5e-3-s0", []), ("full-lr5e-3-s3", ["seeds=[3]"]),
        ] {
            let arm = String(id.prefix { $0 != "-" })
            let alone = try StudyRecording.run(settings)
            let rows = { (run: StudyRecording, name: String) in
                run.exactRows.filter { $0.hasPrefix(name + ",") }.map { $0.dropFirst(name.count) }
            }
            #expect(rows(grid, id) == rows(alone, arm), "\(id)")
        }
    }

    @Test("trajectories of one seed take turns, and seeds follow one another")
    func turns() throws {
        let recording = try StudyRecording.run([Self.rates, "seeds=[5, 2]", "train.steps=6"])
        let turns = recording.events.compactMap { event -> String? in
            guard case .observed(let seen) = event, seen.metric == "gradient_norm",
                [1, 5].contains(seen.step)
            else { return nil }
            return "\(seen.arm) \(seen.step)"
        }
        let ids = ["full", "lora-lr5e-3", "lora-lr1e-3"]
        let expected = [5, 2].flatMap { seed in
            [1, 5].flatMap { step in ids.map { "\($0)-s\(seed) \(step)" } }
        }
        #expect(turns == expected)
    }

    @Test(
        "early points are the powers of two below the cadence",
        arguments: [
            (1, 3, [0, 1, 2, 3]), (2, 5, [0, 1, 2, 4, 5]), (4, 8, [0, 1, 2, 4, 8]),
            (5, 8, [0, 1, 2, 4, 5, 8]), (8, 8, [0, 1, 2, 4, 8]),
            (40, 41, [0, 1, 2, 4, 8, 16, 32, 40, 41]),
            (64, 70, [0, 1, 2, 4, 8, 16, 32, 64, 70]),
        ])
    func early(every: Int, steps: Int, expected: [Int]) throws {
        let recording = try StudyRecording.run([
            "train.steps=\(steps)", "evaluate.every=\(every)", "evaluate.early=true",
        ])
        for arm in ["full", "lora"] { #expect(recording.evaluatedSteps(arm) == expected) }
    }

    @Test("early points change no number of the others")
    func earlyChangesNothing() throws {
        let early = try StudyRecording.run(["evaluate.early=true"])
        let plain = try StudyRecording.run()
        let points: Set = ["1", "2"]
        let rows = early.exactRows.filter { row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            return !points.contains(String(cells[1])) || cells[3] == "train"
        }
        #expect(rows.sorted() == plain.exactRows.sorted())
    }

    @Test("trajectories take turns from early point to early point")
    func earlyTurns() throws {
        let recording = try StudyRecording.run(["evaluate.early=true"])
        let steps = recording.events.compactMap { event -> String? in
            guard case .observed(let seen) = event, seen.metric == "gradient_norm" else {
                return nil
            }
            return "\(seen.arm) \(seen.step)"
        }
        let slices = [1...1, 2...2, 3...4, 5...8].flatMap { slice in
            ["full", "lora"].flatMap { arm in slice.map { "\(arm) \($0)" } }
        }
        #expect(steps == slices)
    }
}
