import Foundation
import RunEvents
import StudySamples
import Studies
import TestSupport
import Testing

/// Ends that are measured on more items than the points on the way.
@Suite struct FinalLimitTests {
    private static let settings = ["evaluate.final_limit=all"]

    private static func isFinal(_ seen: Observation) -> Bool { seen.task.hasSuffix("(final)") }

    @Test("the base and the ends are measured on all items, under names of their own")
    func ends() throws {
        let recording = try StudyRecording.run(Self.settings)
        let final = recording.observations("full").filter(Self.isFinal)
        #expect(Set(final.map(\.step)) == [0, 8])
        let metrics = Set(final.map { "\($0.metric) of \($0.task)" })
        #expect(
            metrics.isSuperset(of: [
                "loss of code (final)", "acc of facts (final)", "retained_accuracy of (final)",
                "loss of text (final)", "forgetting of text (final)",
            ]))
        let forgetting = final.filter { $0.metric == "forgetting" }
        #expect(forgetting.first?.value == 0 && forgetting.last?.value != 0)
        let counts = { (task: String, metric: String) in
            recording.observations("full", metric).filter { $0.task == task }.map(\.count)
        }
        #expect(counts("facts", "acc") == [2, 2, 2])
        #expect(counts("facts (final)", "acc") == [3, 3])
        let sets = recording.events.compactMap { event in
            if case .items(let set) = event { set } else { nil }
        }
        #expect(Set(sets.map(\.key)).count == sets.count)
        let acc = { (task: String) in sets.first { $0.key.metric == "acc" && $0.key.task == task } }
        let (few, all) = (try #require(acc("facts")), try #require(acc("facts (final)")))
        #expect(Set(few.hashes).isSubset(of: all.hashes) && all.hashes.count == all.total)
    }

    @Test("the numbers of the points are those of a study without it")
    func points() throws {
        let with = try StudyRecording.run(Self.settings)
        let without = try StudyRecording.run()
        #expect(with.exactRows.filter { !$0.contains("(final)") } == without.exactRows)
        #expect(with.savedSteps("full") == without.savedSteps("full"))
    }

    @Test("with all items at every point the final numbers are the same")
    func sameItems() throws {
        let all = ["evaluate.limit=98", "evaluate.generate_limit=99", "evaluate.final_limit=100"]
        let seen = try StudyRecording.run(all).observations("full").filter { $0.step == 8 }
        for number in seen.filter(Self.isFinal) {
            let name = number.task == "(final)" ? "" : number.task.dropLast(" (final)".count)
            let other = seen.first {
                $0.task == name && $0.metric == number.metric && $0.kind == number.kind
            }
            #expect(number.value == other?.value && number.count == other?.count)
        }
    }

    @Test("a stopped arm has final numbers too; one that pauses has them when it ends")
    func stopped() throws {
        let recording = try StudyRecording.run(Self.settings) { event, recording in
            guard event.isStep(3, of: "full") else { return }
            recording.commands.ask(.stop, arm: "full", origin: "keyboard")
        }
        let steps = Set(recording.observations("full").filter(Self.isFinal).map(\.step))
        #expect(steps == [0, 3])
        #expect(recording.states("full").last == .stopped)
    }

    @Test("a run that is ended while an end is measured goes on with that")
    func interrupted() throws {
        try withFastFolder { folder in
            let small = try SmallStudy(in: folder)
            var evaluations = 0
            let first = try StudyRecording.run(
                try small.prepared(Self.settings), in: folder, patience: .zero
            ) { event, recording in
                guard event == .armChanged(arm: "full", state: .evaluating, step: 8) else { return }
                evaluations += 1
                if evaluations == 2 { recording.commands.ask(.quit, arm: nil, origin: "keyboard") }
            }
            #expect(first.outcome == .interrupted)
            #expect(first.evaluatedSteps("full").contains(8))
            let arms = [
                "full": Continuation.Arm(
                    checkpoint: 8, state: .training, evaluatedStep: 8, seconds: 1),
                "lora": Continuation.Arm(
                    checkpoint: 4, state: .waiting, evaluatedStep: 4, seconds: 1),
            ]
            let second = try StudyRecording.run(
                try small.prepared(Self.settings), in: folder,
                continuing: Continuation(
                    arms: arms, seconds: 1, commands: [], lastCommandID: 1, hasStarted: true,
                    position: RunPosition()))
            #expect(second.outcome == .completed)
            let whole = try StudyRecording.run(Self.settings)
            #expect(first.exactRows + second.exactRows == whole.exactRows)
        }
    }

    @Test("kept scores of the base are those of its final items too")
    func keptScores() throws {
        try withFastFolder { folder in
            var prepared = try SmallStudy(in: folder).prepared(Self.settings)
            let store = Store()
            prepared.baseScores = store
            let first = try StudyRecording.run(prepared, in: folder)
            let second = try StudyRecording.run(
                prepared, in: folder.appending(path: "again"))
            #expect(store.uses.count == 1)
            #expect(first.exactRows == second.exactRows)
        }
    }

    @Test(
        "a limit that is none, or no more than that of the points, is refused",
        arguments: [
            ("evaluate.final_limit=2", "not more than the `limit` of 2"),
            ("evaluate.final_limit=some", "not a whole number, and not `all`"),
            ("evaluate.final_limit=0", "must be at least 1"),
            ("evaluate.limit=null evaluate.final_limit=all", "needs `limit`"),
        ])
    func refusals(settings: String, problem: String) throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            #expect {
                try small.prepared(settings.split(separator: " ").map { String($0) })
            } throws: { "\($0)".contains(problem) }
        }
    }

    private final class Store: BaseScoreStore {
        private var data: Data?
        private(set) var uses: [BaseScoreUse] = []

        func read() -> Data? { data }
        func write(_ data: Data) { self.data = data }
        func tell(_ use: BaseScoreUse) { if case .taken = use { uses.append(use) } }
    }
}
