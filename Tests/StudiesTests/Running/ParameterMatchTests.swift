import Adapters
import Foundation
import Models
import RunEvents
import Settings
import StudySamples
@testable import Studies
import TestSupport
import Testing

@Suite struct ParameterMatchTests {
    /// The sample's base.
    private let configuration = ModelConfiguration(
        hiddenSize: 32, intermediateSize: 48, layerCount: 2, headCount: 4, kvHeadCount: 2,
        vocabularySize: 300, maxSequenceLength: 96)

    /// The sample with another arm `x`, which matches `lora`, of rank 2, if it is not told what.
    private func prepared(
        _ arm: String, match: String = "lora", rank: Int = 2, others: String = ""
    ) throws -> PreparedStudy {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let line = "  - { name: x, match: \(match), learning_rate: 1e-3, \(arm) }\n"
            let text = SmallStudy.text.replacing("rank: 2", with: "rank: \(rank)")
            try small.write(text + others + line, to: "studies/small.yaml")
            return try small.prepared()
        }
    }

    private func problems(
        _ arm: String, match: String = "lora", rank: Int = 2
    ) throws -> [String] {
        do {
            _ = try prepared(arm, match: match, rank: rank)
            return []
        } catch StudyError.invalid(let problems) {
            return problems.map(\.description)
        }
    }

    private func count(_ arm: Study.Arm) -> Int {
        arm.method.method.trainableCount(for: configuration)
    }

    @Test(
        "of all ranks that fit, the smallest of the nearest is taken",
        arguments: [
            ("method: lora, targets: attention", 2), ("method: lora+", 8), ("method: asylora", 8),
            ("method: pissa, targets: [v, down]", 4), ("method: dora", 8), ("method: mora", 3),
            ("method: mora, operator: sharing, targets: mlp", 4), ("method: vera", 4),
            ("method: remora, operator: sharing, restart_every: 3", 4),
        ])
    func nearest(arm: String, rank: Int) throws {
        let arms = try prepared(arm, rank: rank).study.arms
        let (wanted, found) = (count(arms[1]), arms[2])
        let distances = (1...400).map { rank in
            let method = found.method.sized(rank).method
            return method.problems(for: configuration).isEmpty
                ? abs(method.trainableCount(for: configuration) - wanted) : .max
        }
        let nearest = try #require(distances.min())
        #expect(found.method.rank == distances.firstIndex(of: nearest).map { $0 + 1 })
    }

    @Test("another arm of any kind can be matched, or LoRA at the same targets")
    func references() throws {
        let part = try prepared(
            "method: lora, targets: mlp", match: "last",
            others: "  - { name: last, method: full, parts: [mlp], last: 1, learning_rate: 1 }\n")
        // 480 for each of its ranks, and 3 x 32 x 48.
        #expect(part.study.arms[3].method.rank == 10)
        for (match, rank) in [("lora-r3", 3), ("lora", 4)] {
            let arm = try prepared("method: lora, targets: attention", match: match).study.arms[2]
            #expect(arm.method.rank == rank)
        }
    }

    @Test("trained tables of either arm count")
    func tables() throws {
        // A table has 300 x 32 parameters, LoRA at v of rank r 2 x 48 r.
        let both = try prepared(
            "method: lora, targets: [v], train_head: true", match: "whole",
            others: "  - { name: whole, method: lora, rank: 2, targets: [v], train_head: true, "
                + "learning_rate: 1 }\n")
        #expect(both.study.arms[3].method.rank == 2)
        #expect(
            both.remarks.contains {
                $0.hasPrefix("x: rank 2 trains 9792 parameters, whole 9792")
            })
        let problems = try problems("method: lora, targets: [v], train_head: true")
        #expect(problems.count == 1)
        #expect(problems.first?.contains("rank 1, trains 9696;") == true, "\(problems)")
    }

    @Test("what follows the rank follows the one that was found, and the study says it")
    func resolved() throws {
        let prepared = try prepared("method: lora, targets: attention")
        guard case .lora(let settings, .plain) = prepared.study.arms[2].method else {
            Issue.record("\(prepared.study.arms[2].method)")
            return
        }
        #expect(settings.alpha == 8)
        #expect(prepared.study.yaml().contains("name: x, method: lora, rank: 4, alpha: 8.0"))
        #expect(
            prepared.remarks.contains(
                "x: rank 4 trains 1792 parameters, lora 1856; no other rank comes nearer"))
        let given = try self.prepared("method: pissa, alpha: 5").study.arms[2]
        guard case .lora(let pissa, .spectral(.pissa)) = given.method else {
            Issue.record("\(given.method)")
            return
        }
        #expect(pissa.alpha == 5 && pissa.initialisation == nil)
    }

    @Test("the run tells the rank that was found, and goes on with it")
    func running() throws {
        try withTemporaryFolder { folder in
            let prepared = try prepared("method: mora", rank: 3)
            let small = try SmallStudy(in: folder)
            let recording = try StudyRecording.run(prepared, in: folder)
            guard case .started(let identity)? = recording.events.first else { return }
            #expect(identity.arms[2].rank == prepared.study.arms[2].method.rank)
            #expect(identity.arms[2].trainableParameters == count(prepared.study.arms[2]))
            try small.write(prepared.study.yaml(), to: "studies/small.yaml")
            #expect(try small.prepared().study == prepared.study)
        }
    }

    @Test("a match with an arm that does not fit is no problem of its own")
    func unfitOther() throws {
        for rank in [17, Int.max] {
            let problems = try problems("method: mora", match: "lora", rank: rank)
            #expect(problems.count == 1)
            #expect(problems.first?.contains(":13: arms[1].rank: rank \(rank) is") == true)
        }
    }

    @Test("what no rank reaches is refused with the nearest, at its line")
    func outOfReach() throws {
        #expect(
            try problems("method: lora, targets: [v]", match: "full") == [
                "datasets/studies/small.yaml:14: arms[2].match: no rank that fits comes within 10 % "
                    + "of full, which trains 25120 parameters: the nearest, rank 16, trains 1536; "
                    + "use another method, or give a `rank`"
            ])
        // VeRA trains at most 14 x 261 + 448 of them.
        #expect(try problems("method: vera", match: "lora-r4").isEmpty)
        let vera = try problems("method: vera", match: "lora-r5")
        #expect(vera.count == 1)
        #expect(vera.first?.contains("the nearest, rank 261, trains 4102;") == true, "\(vera)")
        #expect(try problems("method: mora", match: "lora-r9223372036854775807").count == 1)
        #expect(try problems("method: vera, targets: [q]", match: "full").count == 1)
    }

    @Test(
        "a match that makes no sense is refused on reading",
        arguments: [
            (
                "method: lora, rank: 3", "lora",
                "arms[2].match: is given beside `rank`; keep one of them"
            ),
            (
                "method: lora", "x",
                "arms[2].match: `x` has no size of its own; name an arm that has a `rank`"
            ),
            (
                "method: lora", "lore",
                "arms[2].match: there is no arm `lore`; use full, lora, lora-rN for LoRA of rank N"
            ),
            (
                "method: lora", "lora-r0",
                "arms[2].match: there is no arm `lora-r0`; use full, lora, lora-rN for LoRA of "
                    + "rank N"
            ),
            ("method: full", "lora", "arms[2].match: unknown key; known here: "),
        ])
    func refusals(arm: String, match: String, text: String) throws {
        let problems = try problems(arm, match: match)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("small.yaml:14: " + text) == true, "\(problems)")
    }
}
