import Adapters
import Foundation
import RunEvents
import StudySamples
import Tensors
import TestSupport
import Testing
import Training

@testable import Studies

/// Trajectories that wait on disk because memory is short.
@Suite struct ParkingTests {
    /// So little that only one trajectory is in memory at a time.
    private static let short = "memory=1B"

    private static let methods = """
        arms=[{ name: full, method: full, learning_rate: [5e-3, 1e-3] },
        { name: lora, method: lora, rank: 2, dropout: 0.1, learning_rate: 5e-3 },
        { name: free, method: full, optimizer: schedule-free-adamw, learning_rate: 1e-3 },
        { name: lion, method: full, parts: [mlp], optimizer: lionw, learning_rate: 1e-4 },
        { name: relora, method: relora, rank: 2, restart_every: 3, learning_rate: 5e-3 },
        { name: remora, method: remora, rank: 2, operator: sharing, restart_every: 3,
          neftune_alpha: 5, learning_rate: 5e-3 },
        { name: pissa, method: pissa, rank: 2, train_embeddings: true, learning_rate: 1e-3 },
        { name: vera, method: vera, rank: 8, learning_rate: 1e-2 },
        { name: dora, method: dora, rank: 2, learning_rate: 1e-3 },
        { name: asylora, method: asylora, rank: 2, learning_rate: 5e-3 }]
        """

    private static func isOfMemory(_ event: RunEvent) -> Bool {
        if case .notice(let notice) = event { notice.text.hasPrefix("memory:") } else { false }
    }

    /// What was told but for times, costs and what is said of memory.
    private static func story(_ recording: StudyRecording) -> [String] {
        recording.events.compactMap { event in
            switch event {
            case .observed(var seen):
                seen.seconds = 0
                return seen.kind == .cost ? nil : "\(seen)"
            case .started(let identity): return "\(identity.arms)"
            case .progress: return nil
            default: return isOfMemory(event) ? nil : "\(event)"
            }
        }
    }

    private func expectSame(
        _ one: [String], _ other: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let difference = zip(one, other).first { $0 != $1 }
        #expect(difference == nil, sourceLocation: sourceLocation)
        #expect(one.count == other.count, sourceLocation: sourceLocation)
    }

    @Test("a grid gives the same story with and without parking, whatever the method keeps")
    func sameStory() throws {
        for settings in [
            [Self.methods, "evaluate.early=true"],
            ["arms.lora.learning_rate=[5e-3, 1e-3]", "seeds=[0, 3]", "checkpoint.keep=1"],
        ] {
            let roomy = try StudyRecording.run(settings)
            let short = try StudyRecording.run(settings + [Self.short])
            #expect(roomy.restored.isEmpty)
            #expect(short.restored.count > 5)
            let stories = [roomy, short].map(Self.story)
            #expect(stories[0].count > 100)
            expectSame(stories[0], stories[1])
        }
    }

    @Test("commands reach parked trajectories")
    func commands() throws {
        let cues: [(Int, String, RunCommand, String?)] = [
            (2, "full", .setLearningRate(1e-3), "lora"), (2, "full", .evaluate, "lora"),
            (6, "full", .setLearningRate(2e-3), "lora"), (6, "full", .stop, "lora"),
            (3, "lora", .pause, "full"), (4, "lora", .resume, "full"),
            (4, "lora", .setLearningRate(3e-3), "full"),
        ]
        let runs = try [[], [Self.short]].map { memory in
            var cues = cues
            return try StudyRecording.run(memory) { event, recording in
                while let (step, watched, command, arm) = cues.first,
                    event.isStep(step, of: watched)
                {
                    cues.removeFirst()
                    recording.commands.ask(command, arm: arm, origin: "keyboard")
                }
            }
        }
        #expect(runs[0].commandLines.count == 8 && !runs[1].restored.isEmpty)
        expectSame(Self.story(runs[0]), Self.story(runs[1]))
    }

    @Test("a limit that no trajectory fits into is told, one that is kept is not")
    func told() throws {
        let runs = try [[Self.short], ["memory=900GB"], []].map { try StudyRecording.run($0) }
        #expect(runs.map { $0.events.filter(Self.isOfMemory).count } == [1, 0, 0])
    }

    @Test("with room for some, those whose turn comes last make room")
    func whoMakesRoom() throws {
        try withTemporaryFolder { folder in
            let run = try ArmsInMemory(
                in: folder, ["arms.full.learning_rate=[1e-3, 2e-3, 3e-3, 4e-3]"])
            let arms = run.arms.filter { $0.settings.arm.name == "full" }
            let memory = TrajectoryMemory(limit: 1 << 40, source: run.source)
            for arm in arms { _ = try memory.trainer(of: arm) { arms } }
            #expect(arms.allSatisfy { $0.trainer != nil })
            arms[2].leaveMemory()
            let tight = TrajectoryMemory(limit: 1, source: run.source)
            _ = try tight.trainer(of: arms[2]) { [arms[1], arms[0], arms[3], arms[2]] }
            #expect(arms.map { $0.trainer != nil } == [false, false, true, false])
        }
    }

    @Test("a trajectory that has left memory leaves nothing behind")
    func leavesNothing() throws {
        try withTemporaryFolder { folder in
            let run = try ArmsInMemory(in: folder, [Self.methods])
            for arm in run.arms {
                weak let model = try arm.enterMemory(from: run.source).tuned.model
                #expect(model != nil)
                arm.leaveMemory()
                #expect(model == nil, "\(arm.name) is still there")
            }
        }
    }

    @Test("what is trained is counted as it is made")
    func counted() throws {
        try withTemporaryFolder { folder in
            let run = try ArmsInMemory(in: folder, [Self.methods])
            for arm in run.arms {
                #expect(
                    try arm.enterMemory(from: run.source).tuned.trainableCount
                        == arm.trainableCount)
            }
        }
    }

    @Test("models are made when their turn comes, and go when they are done")
    func inTurn() throws {
        let recording = try StudyRecording.run(["seeds=[0, 1, 2]", Self.short])
        #expect(recording.outcome == .completed)
        let finished = recording.events.compactMap { event in
            if case .armChanged(let arm, .finished, _) = event { arm } else { nil }
        }
        #expect(finished == (0...2).flatMap { seed in ["full", "lora"].map { "\($0)-s\(seed)" } })
    }

    @Test(
        "amounts of memory are read with their units, and written in the largest that is whole",
        arguments: [
            ("8GB", 8_000_000_000, "8GB"), ("7.5gb", 7_500_000_000, "7500MB"),
            ("512 MiB", 536_870_912, "536870912B"), ("1B", 1, "1B"),
            ("2TB", 2_000_000_000_000, "2TB"),
            ("1000kB", 1_000_000, "1MB"),
        ])
    func sizes(text: String, bytes: Int, written: String) throws {
        let size = try #require(MemorySize(text))
        #expect(size.bytes == bytes)
        #expect(size.description == written)
        #expect(MemorySize(written) == size)
    }

    @Test(
        "what is no amount is refused",
        arguments: ["8", "GB", "0GB", "-1GB", "1e3GB", "8 G B", "many", "inf GB", "9999TB", "0.1B"])
    func noSize(text: String) throws {
        #expect(
            try StudyFileSamples.problems(StudyFileSamples.text + "memory: \(text)\n")
                == [
                    "code.yaml:17: memory: is `\(text)`; write an amount with its unit, such as 8GB"
                ])
    }
}

/// The trajectories of the small study, and where they come from.
private struct ArmsInMemory {
    let arms: [ArmRun]
    let source: TrainerSource

    init(in folder: URL, _ settings: [String]) throws {
        let prepared = try SmallStudy(in: folder).prepared(settings)
        let source = TrainerSource(
            prepared: prepared, arena: .init(),
            checkpoints: PlainCheckpoints(folder: folder, journal: .init()))
        self.source = source
        arms = prepared.study.trajectories.map {
            ArmRun($0, trainableCount: source.trainableCount(of: $0))
        }
    }
}
