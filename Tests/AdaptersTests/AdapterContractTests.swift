import Adapters
import Foundation
import Models
import TestSupport
import Tensors
import Testing

/// What holds for every method.
@Suite struct AdapterContractTests {
    private let batch = ExampleBatch()

    @Test("before the first step the output is the base's", arguments: MethodCase.all)
    func startsAsTheBase(sample: MethodCase) throws {
        let attached = try AttachedMethod(sample.method)
        let expected = batch.logits(attached.base)
        let scale = Double(expected.map(abs).max() ?? 0)
        expectClose(
            batch.logits(attached.tuned.model), expected, relative: 0, absolute: 1e-5 * scale)
        perturb(attached.tuned.trainable)
        #expect(batch.logits(attached.tuned.model) != expected)
    }

    @Test("where nothing is taken from the base, to the bit", arguments: MethodCase.exactAtTheStart)
    func startsExactlyAsTheBase(sample: MethodCase) throws {
        let attached = try AttachedMethod(sample.method)
        #expect(batch.logits(attached.tuned.model) == batch.logits(attached.base))
    }

    @Test("the number of trained parameters is known without them", arguments: MethodCase.all)
    func trainableCount(sample: MethodCase) throws {
        for ties in [true, false] {
            var configuration = smallConfiguration
            configuration.tiesEmbeddings = ties
            let base = try smallModel(configuration)
            var generator = SmallGenerator(state: 2)
            let tuned = try sample.method.attach(to: base, using: &generator)
            #expect(sample.method.trainableCount(for: configuration) == tuned.trainableCount)
        }
    }

    @Test(
        "without gradients a row has the same bits whatever is computed with it",
        arguments: MethodCase.all)
    func rowsApart(sample: MethodCase) throws {
        let model = try AttachedMethod.perturbed(sample.method).tuned.model
        func hidden(_ texts: [Int32]) throws -> [UInt32] {
            let cache = try KVCache(model.configuration, pageCount: texts.count)
            let tape = Tape(arena: Arena(), isRecording: false, keepsRowsApart: true)
            defer { tape.reset() }
            let rows = model.hidden(
                texts.flatMap { [$0, 3, 8] }, cache: cache,
                slots: texts.indices.map { CacheSlot(pages: [$0], past: 0, count: 3) }, on: tape)
            return tape.values(rows).map(\.bitPattern)
        }
        let together = try hidden(Array(0..<20))
        let size = 3 * model.configuration.hiddenSize
        for text in 0..<20 {
            let own = Array(together[text * size..<(text + 1) * size])
            #expect(try hidden([Int32(text)]) == own)
        }
    }

    @Test("a model goes when nobody holds it", arguments: MethodCase.all)
    func isReleased(sample: MethodCase) throws {
        weak var block: TransformerBlock?
        weak var trained: Parameter?
        do {
            let attached = try AttachedMethod(sample.method)
            block = attached.tuned.model.blocks.first
            trained = attached.tuned.trainable.first
            #expect(block != nil && trained != nil)
        }
        #expect(block == nil && trained == nil)
    }

    @Test("training changes no tensor of the base", arguments: MethodCase.all)
    func baseIsUntouched(sample: MethodCase) throws {
        let attached = try AttachedMethod(sample.method)
        let before = values(of: attached.base)
        let frozen = attached.tuned.stored.filter { !$0.isTrainable }
        let frozenBefore = frozen.map { Array($0.storage.buffer) }
        for _ in 0..<5 {
            batch.loss(attached.tuned.model) {
                attached.tuned.trainable.forEach { descend($0) }
                #expect(attached.base.parameters.allSatisfy { $0.gradient == nil })
                #expect(frozen.allSatisfy { $0.gradient == nil })
            }
        }
        #expect(values(of: attached.base) == before)
        #expect(frozen.map { Array($0.storage.buffer) } == frozenBefore)
        let start = try AttachedMethod(sample.method).tuned.trainable
        for (trained, untrained) in zip(attached.tuned.trainable, start) {
            #expect(
                Array(trained.storage.buffer) != Array(untrained.storage.buffer), "\(trained.name)")
        }
    }

    private func descend(_ parameter: Parameter) {
        for (index, slope) in (gradient(of: parameter) ?? []).enumerated() {
            parameter.values[index] -= 0.1 * slope
        }
    }

    @Test("gradients agree with finite differences", arguments: MethodCase.differentiable)
    func gradients(sample: MethodCase) throws {
        let tuned = try AttachedMethod.perturbed(sample.method).tuned
        var gradients: [[Float]?] = []
        batch.loss(tuned.model) { gradients = tuned.trainable.map(gradient(of:)) }
        for (parameter, computed) in zip(tuned.trainable, gradients) {
            try expectSlope(parameter, computed) { batch.loss(tuned.model) }
        }
    }

    @Test("so do those with dropout or noise, the draw held", arguments: MethodCase.dropping)
    func gradientsWithDropout(sample: MethodCase) throws {
        let tuned = try AttachedMethod.perturbed(sample.method).tuned
        var gradients: [[Float]?] = []
        batch.loss(tuned.model) { gradients = tuned.trainable.map(gradient(of:)) }
        for (parameter, computed) in zip(tuned.trainable, gradients)
        where sample.method.name != "dora" || parameter.rows == 1 {
            try expectSlope(parameter, computed) { batch.recordedLoss(tuned.model) }
        }
    }

    @Test("the merged model is plain and predicts the same", arguments: MethodCase.all)
    func merging(sample: MethodCase) throws {
        let attached = try AttachedMethod.perturbed(sample.method)
        let before = values(of: attached.base)
        let merged = try attached.tuned.model.merged()
        for block in merged.blocks {
            for projection in smallConfiguration.projections {
                #expect(block[projection].adapter == nil)
                let shape = smallConfiguration.shape(of: projection)
                #expect(block[projection].weight.rows == shape.rows)
                #expect(block[projection].weight.columns == shape.columns)
            }
        }
        let expected = batch.logits(attached.tuned.model)
        let scale = Double(expected.map(abs).max() ?? 0)
        expectClose(batch.logits(merged), expected, relative: 0, absolute: 1e-5 * scale)
        #expect(values(of: attached.base) == before)
        #expect(batch.logits(merged) != batch.logits(attached.base))
    }

    @Test("what was saved predicts the same in another model", arguments: MethodCase.all)
    func saving(sample: MethodCase) throws {
        let first = try AttachedMethod.perturbed(sample.method).tuned
        let second = try AttachedMethod(sample.method, seed: 99).tuned
        try withTemporaryFolder { folder in
            try first.writeTrained(to: folder)
            try second.readTrained(from: folder)
        }
        #expect(batch.logits(second.model) == batch.logits(first.model))
        for (read, written) in zip(second.stored, first.stored) {
            #expect(read.storage.buffer.elementsEqual(written.storage.buffer), "\(read.name)")
        }
    }

    @Test("a file of another size is refused, with the tensors that do not fit")
    func savedInAnotherSize() throws {
        let tuned = try AttachedMethod(LoRA(rank: 3, alpha: 6, targets: [.q])).tuned
        let other = try AttachedMethod(LoRA(rank: 4, alpha: 6, targets: [.q])).tuned
        try withTemporaryFolder { folder in
            try tuned.writeTrained(to: folder)
            let error = #expect(throws: ModelFolderError.self) {
                try other.readTrained(from: folder)
            }
            #expect(
                error?.description.contains("layers.0.self_attn.q_proj.lora_A.weight") == true)
        }
    }

    @Test(
        "dropout and noise are the step's own, and the same again", arguments: MethodCase.dropping)
    func dropout(sample: MethodCase) throws {
        let tuned = try AttachedMethod.perturbed(sample.method).tuned
        let losses = [0, 1, 0].map { step in
            tuned.dropout.step = UInt64(step)
            return batch.recordedLoss(tuned.model)
        }
        #expect(losses[0] == losses[2])
        #expect(losses[0] != losses[1])
        #expect(batch.loss(tuned.model) != losses[0])
    }

    @Test("two models on one base do not see each other's adapters", arguments: MethodCase.all)
    func independence(sample: MethodCase) throws {
        let first = try AttachedMethod(sample.method)
        var generator = SmallGenerator(state: 2)
        let second = try sample.method.attach(to: first.base, using: &generator)
        let before = batch.logits(second.model)
        perturb(first.tuned.trainable)
        #expect(batch.logits(second.model) == before)
    }
}
