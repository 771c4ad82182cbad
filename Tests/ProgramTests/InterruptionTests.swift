import Foundation
import RunEvents
import RunStore
import StudySamples
import Studies
import TestSupport
import Testing

/// A run that is broken off at any event and continued ends with the table of one that was not.
@Suite struct InterruptionTests {
    @Test(
        "at any event",
        arguments: [
            [], ["evaluate.every=2", "checkpoint.every=3", "checkpoint.keep=1", "train.steps=7"],
            [
                "evaluate.early=true", "checkpoint.every=3", "train.steps=6", "seeds=[0, 3]",
                "arms.lora.learning_rate=[5e-3, 1e-3]",
            ],
        ])
    func anyEvent(settings: [String]) throws {
        try check(settings, cues: [], interval: 5)
    }

    @Test("at any event, whatever the optimiser or the method keeps between steps")
    func states() throws {
        let optimizers = """
            arms=[{ name: full, method: full, optimizer: lionw, learning_rate: 1e-3 },
            { name: lora, method: lora, rank: 2, dropout: 0.1, optimizer: schedule-free-adamw,
            learning_rate: 5e-3 }]
            """
        let restarts = """
            arms=[{ name: full, method: relora, rank: 2, restart_every: 3, neftune_alpha: 5,
            learning_rate: 5e-3 },
            { name: lora, method: remora, rank: 2, operator: sharing, restart_every: 3,
            optimizer: schedule-free-adamw, learning_rate: 5e-3 }]
            """
        let frozen = """
            arms=[{ name: pissa, method: pissa, rank: 2, train_embeddings: true,
            learning_rate: 1e-3 }, { name: vera, method: vera, rank: 8, learning_rate: 1e-2 },
            { name: asylora, method: asylora, rank: 2, learning_rate: 5e-3 }]
            """
        for arms in [optimizers, restarts, frozen] { try check([arms], cues: []) }
    }

    @Test("with a learning rate changed, a pause and a stop in between")
    func learningRatePauseStop() throws {
        try check(
            [],
            cues: [
                .init(.setLearningRate(1e-3), "full", after: step(2, "full")),
                .init(.setLearningRate(2e-3), "full", after: saved(4, "lora")),
                .init(.pause, "full", after: step(6, "full")),
                .init(.resume, "full", after: step(6, "lora")),
                .init(.stop, "lora", after: step(7, "lora")),
            ])
    }

    @Test("with commands for all arms and checkpoints out of turn")
    func commandsForAllArms() throws {
        try check(
            ["evaluate.every=4", "checkpoint.keep=1"],
            cues: [
                .init(.setLearningRate(1e-3), nil, after: step(1, "full")),
                .init(.checkpoint, "full", after: step(3, "full")),
                .init(.setLearningRate(3e-3), "lora", after: saved(3, "full")),
                .init(.pause, "lora", after: saved(4, "full")),
                .init(.resume, nil, after: step(5, "full")),
                .init(.evaluate, "full", after: step(6, "full")),
                .init(.checkpoint, nil, after: step(2, "lora")),
            ])
    }

    @Test("with commands for arms of a grid, and one that forgets more than it may")
    func grid() throws {
        try check(
            [
                "arms.full.learning_rate=[5e-3, 5e-2]", "evaluate.early=true", "memory=1B",
                "budget={ forgetting: 0.01, then: stop }",
            ],
            cues: [
                .init(.setLearningRate(1e-3), "full", after: step(1, "lora")),
                .init(.pause, "full", after: step(2, "lora")),
                .init(.resume, "full", after: step(4, "lora")),
            ], interval: 7)
    }

    @Test(
        "with an arm whose weights are too large for numbers, wherever that is found",
        arguments: ["evaluate.every=1", "evaluate.every=4"])
    func diverging(every: String) throws {
        try check(
            ["arms.full.learning_rate=1e30", "train.warmup_steps=0", "train.steps=8", every],
            cues: [], interval: 29)
    }

    @Test("with a budget, whose checkpoints stay")
    func budget() throws {
        try check(
            [
                "budget={ forgetting: 0.02 }", "evaluate.every=1", "checkpoint.keep=1",
                "train.schedule=constant", "train.steps=10", "evaluate.limit=12",
                "arms.full.learning_rate=[5e-3, 2e-2]",
            ],
            cues: [
                .init(.setLearningRate(1e-3), "lora", after: step(3, "lora")),
                .init(.evaluate, "full-lr5e-3", after: step(6, "full-lr5e-3")),
            ], interval: 41)
    }

    @Test("with commands that are given while an arm is measured")
    func commandsDuringEvaluations() throws {
        try check(
            [],
            cues: [
                .init(.setLearningRate(1e-3), "full", after: measuring(4, "full")),
                .init(.checkpoint, "lora", after: measuring(4, "full")),
                .init(.evaluate, "full", after: step(6, "full")),
                .init(.pause, "full", after: measuring(6, "full")),
                .init(.resume, "full", after: step(6, "lora")),
                .init(.setLearningRate(2e-3), nil, after: measuring(8, "lora")),
            ], interval: 3)
    }

    @Test("with an arm stopped or paused before its first step")
    func beforeTheFirstStep() throws {
        try check(
            ["train.steps=6"],
            cues: [
                .init(.stop, "lora", after: step(1, "full")),
                .init(.pause, "full", after: saved(4, "full")),
                .init(.resume, "full", after: paused("full")),
            ])
    }

    @Test("several times in a row")
    func severalTimes() throws {
        try withRun([], cues: Self.fewCues) { whole, again in
            try whole.goOn()
            let expected = try whole.comparableRows()
            for limits in [[60, 20, 40], [90, 5, 5, 5], [140, 12, 30], [30, 100, 20]] {
                let run = try again()
                for limit in limits {
                    #expect(throws: StoredRun.Interruption.self) { try run.goOn(limit: limit) }
                    try run.tearLog()
                }
                try run.goOn()
                #expect(try run.comparableRows() == expected, "broken off after \(limits)")
            }
        }
    }

    @Test("commands are numbered on after an interruption")
    func numbers() throws {
        try withRun([], cues: Self.fewCues) { whole, _ in
            _ = try? whole.goOn(limit: 120)
            try whole.goOn()
            let requests = try RecordedRun.read(whole.folder).events().compactMap { stamped in
                if case .command(let request, .asked, _) = stamped.event { request.id } else { nil }
            }
            #expect(requests == [1, 2, 3])
        }
    }

    @Test("a run that failed tells so in its log, and goes on like any other")
    func failed() throws {
        try withRun([], cues: []) { whole, again in
            try whole.goOn()
            let expected = try whole.comparableRows()
            let run = try again()
            for limit in [90, 20] {
                #expect(throws: StoredRun.Interruption.self) {
                    try run.goOn(limit: limit, isKilled: false)
                }
                #expect(
                    try RecordedRun.read(run.folder).state.outcome
                        == .failed(description: "\(StoredRun.Interruption())"))
            }
            try run.goOn()
            #expect(try run.comparableRows() == expected)
            #expect(try RecordedRun.read(run.folder).state.outcome == .completed)
        }
    }

    @Test("the clock of an arm goes on from where it stood")
    func clock() throws {
        try withRun(["evaluate.every=1", "checkpoint.every=1"], cues: []) { run, _ in
            #expect(throws: StoredRun.Interruption.self) { try run.goOn(limit: 180) }
            try run.goOn()
            var before: [String: Double] = [:]
            for case .observed(let seen) in try RecordedRun.read(run.folder).events().map(\.event) {
                #expect(seen.seconds >= before[seen.arm, default: 0], "\(seen)")
                before[seen.arm] = seen.seconds
            }
            #expect(before.count == 2)
        }
    }

    private static let fewCues: [StoredRun.Cue] = [
        .init(.setLearningRate(1e-3), "full", after: step(2, "full")),
        .init(.setLearningRate(2e-3), "full", after: step(6, "full")),
        .init(.evaluate, "lora", after: step(6, "lora")),
    ]

    // MARK: - Checking

    /// Breaks the run off after every `interval`th event.
    private func check(
        _ settings: [String], cues: [StoredRun.Cue], interval: Int = 7
    ) throws {
        try withRun(settings, cues: cues) { whole, again in
            let count = try whole.goOn()
            let expected = try whole.comparableRows()
            let kept = try whole.checkpoints()
            #expect(expected.count > 60)
            // The column `note`, without the two before it that are not compared.
            let notes = expected.map { $0[11] }
            let asked = notes.filter { $0.contains("asked by") }
            let answers = asked.filter { $0.contains("applied") || $0.contains("refused") }
            #expect(asked.count - answers.count == cues.count, "every command was given")
            for limit in stride(from: 1, to: count, by: interval) {
                let run = try again()
                #expect(throws: StoredRun.Interruption.self) { try run.goOn(limit: limit) }
                try run.goOn()
                #expect(try run.checkpoints().isSuperset(of: kept), "broken off after \(limit)")
                let rows = try run.comparableRows()
                guard rows != expected else { continue }
                let place = zip(rows, expected).enumerated().first { $0.element.0 != $0.element.1 }
                Issue.record(
                    "broken off after \(limit) of \(count) events, \(rows.count) rows instead of \(expected.count): \(String(describing: place))"
                )
                return
            }
        }
    }

    /// Passes on a run, and a way to make others like it.
    private func withRun(
        _ settings: [String], cues: [StoredRun.Cue],
        _ body: (StoredRun, () throws -> StoredRun) throws -> Void
    ) throws {
        try withFastFolder { parent in
            let small = try SmallStudy(in: parent)
            let prepared = try small.prepared(settings)
            var number = 0
            func make() throws -> StoredRun {
                number += 1
                return StoredRun(
                    folder: try RunFolder.create(at: parent.appending(path: "run-\(number)")),
                    prepared: prepared, locator: small.locator, cues: cues)
            }
            try body(try make()) {
                try? FileManager.default.removeItem(at: parent.appending(path: "run-\(number)"))
                return try make()
            }
        }
    }
}

// MARK: - Events to wait for

private func step(_ step: Int, _ arm: String) -> @Sendable (RunEvent) -> Bool {
    { event in
        guard case .observed(let seen) = event else { return false }
        return seen.arm == arm && seen.step == step && seen.metric == "gradient_norm"
    }
}

private func saved(_ step: Int, _ arm: String) -> @Sendable (RunEvent) -> Bool {
    { event in
        if case .checkpointSaved(arm, step, _, _) = event { true } else { false }
    }
}

/// The beginning of an evaluation.
private func measuring(_ step: Int, _ arm: String) -> @Sendable (RunEvent) -> Bool {
    { event in
        if case .armChanged(arm, .evaluating, step) = event { true } else { false }
    }
}

private func paused(_ arm: String) -> @Sendable (RunEvent) -> Bool {
    { event in
        if case .armChanged(arm, .paused, _) = event { true } else { false }
    }
}
