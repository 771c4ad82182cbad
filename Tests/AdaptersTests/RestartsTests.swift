import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct RestartsTests {
    private let batch = ExampleBatch()
    private let restarts = Restarts(everySteps: 10, warmupSteps: 4)

    private var methods: [any FineTuningMethod] {
        [
            ReLoRA(LoRA(rank: 2, alpha: 4), restarts: restarts),
            ReMoRA(MoRA(rank: 2, kind: .sharing), restarts: restarts),
            ReMoRA(MoRA(rank: 2, kind: .rotation), restarts: restarts),
        ]
    }

    @Test("restarts come every so many steps, but not before the first")
    func numbers() {
        #expect(
            [0, 1, 9, 10, 11, 20].map { restarts.number(before: $0) } == [nil, nil, nil, 1, nil, 2])
        #expect([0, 1, 10, 11, 20, 21].map { restarts.count(after: $0) } == [0, 0, 0, 1, 1, 2])
    }

    @Test("the learning rate rises again after each")
    func factors() {
        let factors = [0, 3, 9, 10, 11, 12, 13, 14, 20].map { restarts.factor(at: $0) }
        #expect(factors == [1, 1, 1, 0.25, 0.5, 0.75, 1, 1, 0.25])
        #expect(Restarts(everySteps: 3, warmupSteps: 0).factor(at: 3) == 1)
    }

    @Test("one is due before every tenth step but the first")
    func due() {
        #expect([0, 9, 10, 11, 20].map { restarts.number(before: $0) } == [nil, nil, 1, nil, 2])
    }

    @Test("a restart keeps the predictions and leaves the base alone")
    func predictionsStay() throws {
        for method in methods {
            let attached = try AttachedMethod.perturbed(method)
            let (before, base) = (batch.logits(attached.tuned.model), values(of: attached.base))
            attached.tuned.restart(number: 1)
            let scale = Double(before.map(abs).max() ?? 0)
            expectClose(
                batch.logits(attached.tuned.model), before, relative: 0, absolute: 1e-5 * scale)
            #expect(values(of: attached.base) == base)
            let zeros = attached.tuned.trainable.filter { !$0.name.contains("lora_A") }
            #expect(zeros.allSatisfy { $0.storage.buffer.allSatisfy { $0 == 0 } })
        }
    }

    @Test("the rank of the whole update grows with every restart")
    func ranks() throws {
        // In a projection [24, 20] MoRA of rank 2 is 9 wide; the outputs' patterns of both sharing
        // operators together span 16 dimensions, which no later restart adds to.
        for (method, expected) in zip(methods, [[2, 4, 6], [9, 16, 16]]) {
            let attached = try AttachedMethod(method)
            var ranks: [Int] = []
            for restart in 1...3 {
                perturb(attached.tuned.trainable, seed: UInt64(restart))
                attached.tuned.restart(number: restart)
                ranks.append(numericalRank(update(attached, .q), relative: 1e-4))
            }
            #expect(ranks == expected, "\(method.name)")
        }
    }

    private func update(_ attached: AttachedMethod, _ projection: Projection) -> [[Double]] {
        let before = attached.base.blocks[0][projection].weight
        let after = attached.tuned.model.blocks[0][projection].weight
        return (0..<after.rows).map { row in
            (0..<after.columns).map { column in
                let index = row * after.columns + column
                return Double(after.values[index]) - Double(before.values[index])
            }
        }
    }

    @Test("every A is another one, the same in every run, and shares no number with those before")
    func newStart() throws {
        let runs = try (0..<2).map { _ in try AttachedMethod(methods[0]).tuned }
        var seen = Set(runs[0].trainable[0].storage.buffer)
        for restart in 1...2 {
            for run in runs { run.restart(number: restart) }
            let drawn = runs.map { Array($0.trainable[0].storage.buffer) }
            #expect(drawn[0] == drawn[1])
            #expect(seen.isDisjoint(with: drawn[0]))
            seen.formUnion(drawn[0])
        }
    }

    @Test("merged weights and the operator in turn are stored and found again")
    func storing() throws {
        for method in methods {
            let attached = try AttachedMethod.perturbed(method)
            attached.tuned.restart(number: 1)
            perturb(attached.tuned.trainable, seed: 8)
            let expected = batch.logits(attached.tuned.model)
            let again = try AttachedMethod(method, seed: 77)
            try withTemporaryFolder { folder in
                try attached.tuned.writeTrained(to: folder)
                try again.tuned.readTrained(from: folder)
                again.tuned.resume(after: 12)
                #expect(batch.logits(again.tuned.model) == expected)
                let read = try TrainedFolder(folder).model(on: attached.base)
                #expect(batch.logits(read) == expected)
            }
        }
    }

    @Test("steps that make no sense are refused")
    func problems() {
        let lora = LoRA(rank: 1, alpha: 1)
        for (every, warmup, count) in [(1, 0, 0), (0, 0, 1), (5, -1, 1)] {
            let restarts = Restarts(everySteps: every, warmupSteps: warmup)
            #expect(
                ReLoRA(lora, restarts: restarts).problems(for: smallConfiguration).count == count)
            let remora = ReMoRA(MoRA(rank: 1), restarts: restarts)
            #expect(remora.problems(for: smallConfiguration).count == count)
        }
    }
}
