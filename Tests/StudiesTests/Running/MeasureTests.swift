import Bases
import Datasets
import Evaluation
import Models
import RunEvents
import StudySamples
import Tensors
import TestSupport
import Testing

@testable import Studies

@Suite struct MeasureTests {
    private static let whole = ["evaluate.limit=null", "evaluate.generate_limit=null"]

    @Test("every number of items is the ratio of their sums, to the bit, and tells error and count")
    func ratios() throws {
        let run = try StudyRecording.run(Self.whole + ["target.tasks=[code, uuid]"])
        let sets = Dictionary(uniqueKeysWithValues: run.itemSets.map { ($0.key, $0) })
        #expect(
            Set(sets.keys.map { "\($0.kind.rawValue) \($0.task) \($0.metric)" }) == [
                "target code loss", "target code bits_per_byte", "target code exact_match",
                "target uuid exact_match", "target uuid character_accuracy", "source facts acc",
                "source facts acc_norm", "source text loss",
            ])
        let values = run.observations().filter { sets[$0.key] != nil }
        #expect(values.count == 8 * 2 * 3 && values.count == run.scores.count)
        for (seen, scores) in zip(values, run.scores) {
            let set = try #require(sets[seen.key])
            #expect(scores.key == seen.key && scores.arm == seen.arm && scores.step == seen.step)
            let counts = Double(set.counts.reduce(0, +))
            #expect(seen.value == scores.sums.reduce(0, +) / counts)
            #expect(seen.count == set.counts.count && scores.sums.count == set.counts.count)
            #expect(seen.error.map { $0 >= 0 && $0.isFinite } == true)
        }
    }

    @Test("items are told once, after the start, with the size of the data")
    func itemsAreToldOnce() throws {
        let run = try StudyRecording.run()
        guard case .started = run.events[0], case .items(let first) = run.events[1] else {
            Issue.record("\(run.events.prefix(2))")
            return
        }
        #expect(first.key.metric == "loss" && first.key.task == "code")
        #expect(Set(run.itemSets.map(\.key)).count == run.itemSets.count)
        let told = Dictionary(uniqueKeysWithValues: run.itemSets.map { ($0.key, $0) })
        let key = { (kind: ObservationKind, task: String, metric: String) in
            MeasureKey(kind: kind, task: task, metric: metric)
        }
        let loss = try #require(told[key(.target, "code", "loss")])
        let exact = try #require(told[key(.target, "code", "exact_match")])
        #expect((loss.hashes.count, loss.total) == (2, 3))
        #expect((exact.hashes.count, exact.total) == (1, 3))
        #expect(
            Set(loss.hashes).isSuperset(of: exact.hashes), "questions are a part of the records")
        #expect(told[key(.source, "text", "loss")]?.total == 12)
        #expect(told[key(.source, "facts", "acc")]?.counts == [1, 1])
    }

    @Test("the base's numbers equal those of an adapter that has learned nothing, to the bit")
    func base() throws {
        try withTemporaryFolder { folder in
            let prepared = try SmallStudy(in: folder).prepared(
                Self.whole + ["arms.lora.learning_rate=1e-40", "train.steps=4"])
            let run = try StudyRecording.run(prepared, in: folder)
            let numbers = { (step: Int) in
                run.observations("lora").filter {
                    ($0.kind == .target || $0.kind == .source) && $0.step == step
                }.map { "\($0.task) \($0.metric) \($0.value.bitPattern)" }
            }
            #expect(numbers(0).count == 8 && numbers(0) == numbers(4))
            let forgetting = run.observations("lora", "forgetting")
            #expect(forgetting.map(\.value) == [0, 0] && forgetting.map(\.error) == [0, 0])
        }
    }

    @Test("forgetting is the mean rise per token over documents, with the error of the pairs")
    func forgetting() throws {
        let run = try StudyRecording.run(Self.whole)
        let key = MeasureKey(kind: .source, task: "text", metric: "loss")
        let set = try #require(run.itemSets.first { $0.key == key })
        let sums = run.scores.filter { $0.key == key && $0.arm == "full" }.map(\.sums)
        let rises = zip(try #require(sums.last), sums[0]).map { $0 - $1 }
        let tokens = set.counts.map(Double.init)
        let rise = rises.reduce(0, +) / tokens.reduce(0, +)
        let squares = zip(rises, tokens).reduce(0.0) {
            $0 + ($1.0 - rise * $1.1) * ($1.0 - rise * $1.1)
        }
        let seen = try #require(run.observations("full", "forgetting").last)
        #expect(seen.value == rise && seen.value != 0)
        expectClose(
            [seen.error ?? 0], [(12.0 / 11 * squares).squareRoot() / tokens.reduce(0, +)],
            relative: 1e-12)
        let losses = run.observations("full", "loss").filter { $0.kind == .source }
        expectClose([losses.last?.value ?? 0], [losses[0].value + rise], relative: 1e-12)
    }

    @Test("a document's order and neighbours, and the training length, do not change its loss")
    func documentsStandAlone() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let texts = ["The red cat saw it.", "A dog was glad.", "Four birds in the garden."]
            let scores = { (order: [Int], settings: [String]) in
                try small.write(
                    order.map { texts[$0] }.joined(separator: "\n\n"), to: "world/heldout.txt")
                let run = try StudyRecording.run(
                    small.prepared(Self.whole + settings + ["train.steps=2", "evaluate.every=2"]),
                    in: folder)
                let set = try #require(run.itemSets.first { $0.key.task == "text" })
                let sums = try #require(run.scores.first { $0.key == set.key }).sums
                return zip(set.hashes, sums).sorted { $0.0 < $1.0 }
            }
            let first = try scores([0, 1, 2], [])
            for (order, settings) in [([2, 0, 1], []), ([0, 1, 2], ["train.sequence_length=20"])] {
                let other = try scores(order, settings)
                #expect(other.map(\.0) == first.map(\.0))
                expectClose(other.map(\.1), first.map(\.1), relative: 1e-5)
            }
        }
    }

    @Test("gold answers are whole, whatever the training length")
    func wholeAnswers() throws {
        let loss = { (settings: [String]) in
            try StudyRecording.run(Self.whole + ["train.steps=2", "evaluate.every=2"] + settings)
                .itemSets[0].counts
        }
        #expect(try loss(["train.sequence_length=20"]) == loss(["train.sequence_length=32"]))
    }

    @Test("the error of the retained accuracy takes the tasks as fixed")
    func retained() throws {
        let run = try StudyRecording.run(Self.whole)
        let accuracy = run.observations("full", "acc")
        let retained = run.observations("full", "retained_accuracy")
        #expect(retained.map(\.value) == accuracy.map(\.value))
        #expect(retained.map(\.error) == accuracy.map(\.error))
        #expect(retained.map(\.count) == [3, 3, 3])
    }

    @Test("a measure of its own kind needs no more than itself")
    func anotherMeasure() throws {
        try withTemporaryFolder { folder in
            let prepared = try SmallStudy(in: folder).prepared()
            let point = EvaluationPoint(
                prepared.evaluation, ScoringContext(model: prepared.base.model, arena: Arena()),
                baseModel: prepared.base.model, base: [], progress: { _, _, _ in })
            let measured = try point.measurements([TargetLoss(), WeightDistance()])
            #expect(measured.map(\.key.metric) == ["loss", "weight_distance"])
            #expect(measured[1].value == 0 && measured[1].count == nil)
        }
    }
}

/// The distance of the model's weights from the base's, as an example of another measure.
private struct WeightDistance: Measure {
    let definition = MetricDefinition(
        name: "weight_distance", kind: .weights, unit: "", direction: .neutral,
        values: .positive, summary: "L2 distance from the base's weights")

    func measurements(at point: EvaluationPoint) throws -> [Measurement] {
        let pairs = zip(point.scoring.model.parameters, point.baseModel.parameters)
        let squares = pairs.reduce(0.0) { sum, pair in
            zip(pair.0.storage.buffer, pair.1.storage.buffer).reduce(sum) {
                $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
            }
        }
        return [Measurement(key(""), value: squares.squareRoot())]
    }
}

extension StudyRecording {
    var itemSets: [ItemSet] {
        events.compactMap { if case .items(let set) = $0 { set } else { nil } }
    }

    var scores: [ItemScores] {
        events.compactMap { if case .scored(let scores) = $0 { scores } else { nil } }
    }
}
