import Adapters
import Foundation
import Models
import TestSupport
import Tensors
import Testing

@Suite struct TrainedTablesTests {
    private let lora = LoRA(rank: 2, alpha: 4, targets: [.q])

    private func tuned(
        _ tables: Set<VocabularyTable>, ties: Bool, factor: Double = 1
    ) throws -> (base: Transformer, tuned: FineTunedModel) {
        var configuration = smallConfiguration
        configuration.tiesEmbeddings = ties
        let base = try smallModel(configuration)
        var generator = SmallGenerator(state: 2)
        let method = TrainedTables(lora, tables: tables, learningRateFactor: factor)
        return (base, try method.attach(to: base, using: &generator))
    }

    @Test("tied tables are one matrix, whichever is named")
    func tied() throws {
        for tables: Set<VocabularyTable> in [[.embedding], [.head], [.embedding, .head]] {
            let (base, tuned) = try tuned(tables, ties: true)
            #expect(tuned.trainable.count == 5)
            #expect(tuned.model.head === tuned.model.embedding)
            #expect(tuned.model.embedding !== base.embedding)
            #expect(tuned.trainable.last === tuned.model.embedding)
        }
    }

    @Test("tables of their own are trained each for itself")
    func untied() throws {
        let (base, tuned) = try tuned([.head], ties: false)
        #expect(tuned.trainable.last === tuned.model.head)
        #expect(tuned.model.embedding === base.embedding)
        #expect(try self.tuned([.embedding, .head], ties: false).tuned.trainable.count == 6)
    }

    @Test("only the tables have the other learning rate")
    func learningRate() throws {
        let (_, tuned) = try tuned([.embedding, .head], ties: false, factor: 0.25)
        #expect(tuned.trainable.map(\.learningRateFactor) == [1, 1, 1, 1, 0.25, 0.25])
        for factor in [0, -1, .nan, .infinity] {
            let method = TrainedTables(lora, tables: [.head], learningRateFactor: factor)
            #expect(method.problems(for: smallConfiguration).count == 1)
        }
    }

    @Test("files have PEFT's names, tied tables under both")
    func files() throws {
        let names = ["model.embed_tokens.weight", "lm_head.weight"].map { "base_model.model." + $0 }
        for (tables, ties, expected) in [
            (Set([VocabularyTable.head]), false, [1]), ([.embedding], false, [0]),
            ([.embedding], true, [0, 1]), ([.head], true, [0, 1]),
        ] {
            let (_, tuned) = try tuned(tables, ties: ties)
            #expect(
                tuned.files.map(\.name).suffix(expected.count) == expected.map { names[$0] }[...])
            let modules = expected.map { ["embed_tokens", "lm_head"][$0] }
            #expect(tuned.adapterConfiguration?.values["modules_to_save"] == .texts(modules))
            #expect(tuned.adapterConfiguration?.values["r"] == .integer(2))
        }
        #expect(
            try AttachedMethod(lora).tuned.adapterConfiguration?.values["modules_to_save"] == nil)
    }

    @Test("a merged model has the trained tables")
    func merging() throws {
        let (base, tuned) = try tuned([.embedding], ties: true)
        perturb(tuned.trainable)
        let merged = try tuned.model.merged()
        #expect(merged.head === merged.embedding)
        #expect(merged.embedding !== tuned.model.embedding)
        #expect(
            merged.embedding.storage.buffer.elementsEqual(tuned.model.embedding.storage.buffer))
        #expect(!merged.embedding.storage.buffer.elementsEqual(base.embedding.storage.buffer))
    }
}
